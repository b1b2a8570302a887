using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.Attach;

/// <summary>How a choice in the menu ends this attachment; null when it goes on.</summary>
internal static class MenuAction
{
    public static VisitEnd? End(MenuChoice choice, DaemonClient daemon, SessionRecord session, AttachPlan plan, AttachedReply attached)
    {
        var again = new AttachPlan(session.Id);
        return choice switch
        {
            MenuChoice.Detach => new VisitEnd.Detached(session),
            MenuChoice.Observe when plan.Mode == AttachMode.Control => new VisitEnd.GoTo(again with { Mode = AttachMode.Observe }),
            MenuChoice.TakeControl when attached.Mode != AttachMode.Control => new VisitEnd.GoTo(again with { Take = true }),
            MenuChoice.Next => Neighbour(daemon, session, plan, 1),
            MenuChoice.Previous => Neighbour(daemon, session, plan, -1),
            _ => null,
        };
    }

    private static VisitEnd.GoTo? Neighbour(DaemonClient daemon, SessionRecord session, AttachPlan plan, int step)
    {
        var sessions = daemon.Ask<SessionsReply>(new ListRequest()).Sessions;
        var here = Array.FindIndex(sessions, other => other.Id == session.Id);
        if (sessions.Length == 0 || (here >= 0 && sessions.Length == 1))
        {
            return null;
        }

        var there = sessions[(here + step + sessions.Length) % sessions.Length];
        return new VisitEnd.GoTo(new AttachPlan(there.Id) { Mode = plan.Mode, Message = there.Title });
    }
}
