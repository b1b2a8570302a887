using System.Collections.Concurrent;
using Tether.Daemon.Keeper;

namespace Tether.Daemon.Sessions;

/// <summary>Brings the keeper's word that a program ended to its session, also when it comes before the session is made.</summary>
internal sealed class SessionEnds(SessionTable table)
{
    private readonly ConcurrentDictionary<string, SessionEnd> _ends = [];

    public void Exited(KeeperMessage.Exited exited)
    {
        _ends[exited.Session] = new SessionEnd(exited.ExitCode, exited.Signal);
        if (table.FindLive(exited.Session) is { } session)
        {
            Settle(session);
        }
    }

    /// <summary>The session is in the table now.</summary>
    public void Settle(Session session)
    {
        if (_ends.TryRemove(session.Id, out var end))
        {
            session.ProgramEnded(end);
        }
    }
}
