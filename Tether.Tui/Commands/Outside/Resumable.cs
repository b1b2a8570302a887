using Tether.Protocol.Model;

namespace Tether.Tui.Commands.Outside;

/// <summary>Which ended sessions can go on where they were, because their agents know them.</summary>
internal static class Resumable
{
    private const int Hangup = 1, Kill = 9, Terminate = 15;

    /// <summary>Those that ended without anybody's will: lost ones, and those that the machine's end took along. The newest of each of the agent's sessions, newest first.</summary>
    /// <param name="all">Every session that is remembered.</param>
    /// <param name="bootedAt">When the machine was started last.</param>
    public static SessionRecord[] Offered(IEnumerable<SessionRecord> all, DateTimeOffset bootedAt) =>
        [.. Latest(all).Where(session => session.State == SessionState.Lost || EndedWithTheMachine(session, bootedAt))];

    /// <summary>All that are over and can be resumed, newest first.</summary>
    public static SessionRecord[] Ended(IEnumerable<SessionRecord> all) => [.. Latest(all).Where(session => session.State != SessionState.Running)];

    /// <summary>The one that a person means: by its id, a unique beginning of it, its title, or the same of the agent's id; null for none or several.</summary>
    public static SessionRecord? Find(SessionRecord[] ended, string name)
    {
        SessionRecord[][] fits =
        [
            Array.FindAll(ended, session => session.Id == name || session.AgentSession == name),
            Array.FindAll(ended, session => session.Title == name),
            Array.FindAll(ended, session => session.Id.StartsWith(name, StringComparison.Ordinal) || session.AgentSession!.StartsWith(name, StringComparison.Ordinal)),
        ];
        return Array.Find(fits, found => found.Length > 0) is [var only] ? only : null;
    }

    private static IEnumerable<SessionRecord> Latest(IEnumerable<SessionRecord> all) => all
        .Where(session => session.AgentSession is not null)
        .GroupBy(session => (session.Provider, session.AgentSession))
        .Select(group => group.MaxBy(session => (session.State == SessionState.Running, session.CreatedAt))!)
        .OrderByDescending(session => session.LastOutputAt);

    // Whoever shuts a machine down sends these to everything; what a person stopped has a reason.
    private static bool EndedWithTheMachine(SessionRecord session, DateTimeOffset bootedAt) =>
        session is { State: SessionState.Exited, EndReason: null } && session.EndedAt < bootedAt
        && (session.Signal is Hangup or Kill or Terminate || session.ExitCode is ExitCodes.Signalled + Hangup or ExitCodes.Signalled + Kill or ExitCodes.Signalled + Terminate);
}
