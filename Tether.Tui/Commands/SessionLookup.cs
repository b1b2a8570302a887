using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.Commands;

/// <summary>Resolves what a person calls a session the way the daemon does, for checks before a request is made.</summary>
internal static class SessionLookup
{
    /// <summary>Null when nothing or more than one fits; the request itself will say so.</summary>
    public static SessionRecord? Find(DaemonClient daemon, string name) =>
        Find(daemon.Ask<SessionsReply>(new ListRequest { All = true }).Sessions, name);

    /// <summary>The one session that is meant, for requests that take an exact id only.</summary>
    public static SessionRecord Require(DaemonClient daemon, string name) => Find(daemon, name) ?? throw new TetherException(ExitCodes.NoSession,
        $"`{name}` is not the id, the unique beginning of an id or the title of exactly one session; `tether ls --all` lists them");

    public static SessionRecord? Find(SessionRecord[] sessions, string name)
    {
        if (Array.Find(sessions, session => session.Id == name) is { } exact)
        {
            return exact;
        }

        var fitting = sessions.Where(session => session.Title == name || session.Id.StartsWith(name, StringComparison.Ordinal)).ToArray();
        return fitting.Length == 1 ? fitting[0] : null;
    }
}
