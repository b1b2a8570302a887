using Tether.Protocol.Model;

namespace Tether.Tui.Output;

/// <summary>Parts of a session's description as lists show them.</summary>
internal static class SessionText
{
    /// <summary>What `ls --state` takes: `running` for all that run, else what an agent is up to, or how a session ended.</summary>
    public static IReadOnlyList<string> States { get; } =
        ["running", "starting", "working", "needs-approval", "needs-answer", "waiting", "done", "limit", "login", "failed", "exited", "lost"];

    /// <param name="session">Which session.</param>
    /// <param name="state">One of <see cref="States"/>.</param>
    public static bool IsIn(SessionRecord session, string state) => state switch
    {
        "running" => session.State == SessionState.Running,
        "exited" => session.State == SessionState.Exited,
        "lost" => session.State == SessionState.Lost,
        _ => session is { State: SessionState.Running, Status: { } status } && AgentName(status.State) == state,
    };

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

    private static string AgentName(AgentState state) => state switch
    {
        AgentState.NeedsApproval => "needs-approval",
        AgentState.NeedsAnswer => "needs-answer",
        AgentState.LimitReached => "limit",
        AgentState.LoginNeeded => "login",
        _ => state.ToString().ToLowerInvariant(),
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
