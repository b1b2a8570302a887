using System.Globalization;
using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>Statuses as lists and borders show them: a sign of one column that is another shape for each, so that colour is never needed, and a word.</summary>
internal static class StatusText
{
    private const string StoppedReason = "stopped by ";

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

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
        (SessionStatus.Starting, false) => "○",
        (SessionStatus.Starting, true) => "o",
        (SessionStatus.NeedsApproval, false) => "▲",
        (SessionStatus.NeedsApproval, true) => "^",
        (SessionStatus.NeedsAnswer, false) => "¿",
        (SessionStatus.NeedsAnswer, true) => "&",
        (SessionStatus.WaitingForPrompt, false) => "▷",
        (SessionStatus.WaitingForPrompt, true) => ">",
        (SessionStatus.LimitReached, false) => "‖",
        (SessionStatus.LimitReached, true) => "%",
        (SessionStatus.LoginNeeded, false) => "¤",
        (SessionStatus.LoginNeeded, true) => "$",
        (SessionStatus.Exited, false) => "□",
        (SessionStatus.Exited, true) => "-",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no such status"),
    };

    public static string Word(SessionStatus status) => status switch
    {
        SessionStatus.Working => "working",
        SessionStatus.Quiet => "quiet",
        SessionStatus.WaitingQuietly => "went quiet",
        SessionStatus.NeedsYou => "needs you",
        SessionStatus.Done => "done",
        SessionStatus.Failed => "failed",
        SessionStatus.Stopped => "stopped",
        SessionStatus.Lost => "lost",
        SessionStatus.Starting => "starting",
        SessionStatus.NeedsApproval => "needs approval",
        SessionStatus.NeedsAnswer => "needs an answer",
        SessionStatus.WaitingForPrompt => "waiting",
        SessionStatus.LimitReached => "limit",
        SessionStatus.LoginNeeded => "login needed",
        SessionStatus.Exited => "exited",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no such status"),
    };

    /// <summary>What the daemon says of an agent; null when it does not know, or the program is no agent.</summary>
    public static SessionStatus? Of(AgentStatus? said) => said?.State switch
    {
        AgentState.Starting => SessionStatus.Starting,
        AgentState.Working => SessionStatus.Working,
        AgentState.NeedsApproval => SessionStatus.NeedsApproval,
        AgentState.NeedsAnswer => SessionStatus.NeedsAnswer,
        AgentState.Waiting => SessionStatus.WaitingForPrompt,
        AgentState.Done => SessionStatus.Done,
        AgentState.LimitReached => SessionStatus.LimitReached,
        AgentState.LoginNeeded => SessionStatus.LoginNeeded,
        AgentState.Failed => SessionStatus.Failed,
        AgentState.Exited => SessionStatus.Exited,
        AgentState.Lost => SessionStatus.Lost,
        _ => null,
    };

    /// <summary>Until when, as `14:30`, with the day where that is not today; in a zone.</summary>
    public static string Until(DateTimeOffset until, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (then, today) = (TimeZoneInfo.ConvertTime(until, zone), TimeZoneInfo.ConvertTime(now, zone).Date);
        return then.Date == today
            ? then.ToString("HH:mm", CultureInfo.InvariantCulture)
            : then.ToString(then.Date - today < Week ? "ddd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>True for what stands still until a person does something.</summary>
    public static bool NeedsPerson(SessionStatus status) =>
        status is SessionStatus.NeedsYou or SessionStatus.NeedsApproval or SessionStatus.NeedsAnswer or SessionStatus.LoginNeeded;

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
        { ExitCode: 0, Status: not null } => SessionStatus.Exited,
        { ExitCode: 0 } => SessionStatus.Done,
        _ => SessionStatus.Failed,
    };
}
