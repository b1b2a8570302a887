using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.Commands;

/// <summary>Resolves what a person calls a session the way the daemon does, for checks before a request is made.</summary>
internal static class SessionLookup
{
    /// <summary>The one session that is meant, for requests that take an exact id only.</summary>
    /// <exception cref="TetherException">None or several fit.</exception>
    public static SessionRecord Require(DaemonClient daemon, string name)
    {
        var found = SessionReference.Find(All(daemon), name);
        return found is [var only] ? only : throw new TetherException(ExitCodes.NoSession, SessionReference.Problem(name, found));
    }

    /// <summary>Null when nothing or more than one fits; the request itself will say so.</summary>
    public static SessionRecord? Find(DaemonClient daemon, string name) => Find(All(daemon), name);

    public static SessionRecord? Find(SessionRecord[] sessions, string name) => SessionReference.Find(sessions, name) is [var only] ? only : null;

    private static SessionRecord[] All(DaemonClient daemon) => daemon.Ask<SessionsReply>(new ListRequest { All = true }).Sessions;
}
