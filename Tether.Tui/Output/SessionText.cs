using Tether.Protocol.Model;

namespace Tether.Tui.Output;

/// <summary>Parts of a session's description as lists show them.</summary>
internal static class SessionText
{
    public static string ShortDirectory(string directory)
    {
        var home = Environment.GetEnvironmentVariable("HOME") ?? "";
        return home.Length > 1 && (directory == home || directory.StartsWith(home + "/", StringComparison.Ordinal)) ? "~" + directory[home.Length..] : directory;
    }

    public static string State(SessionRecord session) => session switch
    {
        { State: SessionState.Running, Status: { State: not AgentState.Unknown } status } => Agent(status),
        { State: SessionState.Running } => "running",
        { State: SessionState.Lost } => "lost",
        { Signal: { } signal } => $"signal {signal}",
        { ExitCode: { } code } => $"exited {code}",
        _ => "exited",
    };

    /// <summary>What an agent is up to.</summary>
    public static string Agent(AgentStatus status) => status.State switch
    {
        AgentState.Starting => "starting",
        AgentState.Working => "working",
        AgentState.NeedsApproval => "needs approval",
        AgentState.NeedsAnswer => "needs an answer",
        AgentState.Waiting => "waiting",
        AgentState.Done => "done",
        AgentState.LimitReached => status.Until is { } until ? $"limit until {until.ToLocalTime():HH:mm}" : "limit reached",
        AgentState.LoginNeeded => "login needed",
        AgentState.Failed => "failed",
        AgentState.Exited => "exited",
        AgentState.Lost => "lost",
        _ => "running",
    };

    public static string Mode(ApprovalMode mode) => mode switch
    {
        ApprovalMode.AcceptEdits => "edits",
        ApprovalMode.Bypass => "bypass",
        _ => "ask",
    };

    /// <summary>How long ago, in the largest unit that says something: 5s, 12m, 3h, 2d.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => $"{Math.Max(0, (int)age.TotalSeconds)}s",
        { TotalMinutes: < 60 } => $"{(int)age.TotalMinutes}m",
        { TotalHours: < 48 } => $"{(int)age.TotalHours}h",
        _ => $"{(int)age.TotalDays}d",
    };
}
