using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>Statuses as lists and borders show them: a sign of one column that is another shape for each, so that colour is never needed, and a word.</summary>
internal static class StatusText
{
    private const string StoppedReason = "stopped by ";

    /// <summary>One column.</summary>
    /// <param name="status">Of which status.</param>
    /// <param name="isAscii">For terminals and fonts that have nothing else.</param>
    public static string Sign(SessionStatus status, bool isAscii = false) => (status, isAscii) switch
    {
        (SessionStatus.Working, false) => "●",
        (SessionStatus.Working, true) => "*",
        (SessionStatus.Quiet, false) => "·",
        (SessionStatus.Quiet, true) => ".",
        (SessionStatus.WaitingQuietly, false) => "◆",
        (SessionStatus.WaitingQuietly, true) => "~",
        (SessionStatus.NeedsYou, _) => "!",
        (SessionStatus.Done, false) => "✓",
        (SessionStatus.Done, true) => "+",
        (SessionStatus.Failed, false) => "✗",
        (SessionStatus.Failed, true) => "x",
        (SessionStatus.Stopped, false) => "■",
        (SessionStatus.Stopped, true) => "=",
        (SessionStatus.Lost, _) => "?",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no such status"),
    };

    public static string Word(SessionStatus status) => status switch
    {
        SessionStatus.Working => "working",
        SessionStatus.Quiet => "quiet",
        SessionStatus.WaitingQuietly => "waiting",
        SessionStatus.NeedsYou => "needs you",
        SessionStatus.Done => "done",
        SessionStatus.Failed => "failed",
        SessionStatus.Stopped => "stopped",
        SessionStatus.Lost => "lost",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no such status"),
    };

    /// <summary>How a session ended, in a few words: `exit 2`, `signal 9`, or why. Empty for one that runs or ended with 0.</summary>
    public static string End(SessionRecord session) => session switch
    {
        { State: SessionState.Running } => "",
        { EndReason: { Length: > 0 } reason } => reason,
        { Signal: { } signal } => $"signal {signal}",
        { ExitCode: 0 } => "",
        { ExitCode: { } code } => $"exit {code}",
        { State: SessionState.Lost } => "its terminal is gone",
        _ => "how is not known",
    };

    /// <summary>The status of a session that ended; null while it runs.</summary>
    public static SessionStatus? Ended(SessionRecord session) => session switch
    {
        { State: SessionState.Running } => null,
        { State: SessionState.Lost } => SessionStatus.Lost,
        { EndReason: { } reason } when reason.StartsWith(StoppedReason, StringComparison.Ordinal) => SessionStatus.Stopped,
        { ExitCode: 0 } => SessionStatus.Done,
        _ => SessionStatus.Failed,
    };
}
