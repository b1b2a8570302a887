using Tether.Protocol.Model;

namespace Tether.Protocol.Wire.Hot;

/// <summary>The names of what the attributes of these enumerations name, both ways; the library's converter of each would be compiled at each start.</summary>
public static class ModelNames
{
    public static string Of(AttachMode mode) => mode switch
    {
        AttachMode.Control => "control",
        AttachMode.Observe => "observe",
        _ => throw Unnamed(mode),
    };

    public static AttachMode Mode(string text) => text switch
    {
        "control" => AttachMode.Control,
        "observe" => AttachMode.Observe,
        _ => throw Unknown(text),
    };

    public static string Of(ApprovalMode mode) => mode switch
    {
        ApprovalMode.Ask => "ask",
        ApprovalMode.AcceptEdits => "edits",
        ApprovalMode.Bypass => "bypass",
        _ => throw Unnamed(mode),
    };

    public static ApprovalMode Approval(string text) => text switch
    {
        "ask" => ApprovalMode.Ask,
        "edits" => ApprovalMode.AcceptEdits,
        "bypass" => ApprovalMode.Bypass,
        _ => throw Unknown(text),
    };

    public static string Of(SessionState state) => state switch
    {
        SessionState.Running => "running",
        SessionState.Exited => "exited",
        SessionState.Lost => "lost",
        _ => throw Unnamed(state),
    };

    public static SessionState Session(string text) => text switch
    {
        "running" => SessionState.Running,
        "exited" => SessionState.Exited,
        "lost" => SessionState.Lost,
        _ => throw Unknown(text),
    };

    public static string Of(AgentState state) => state switch
    {
        AgentState.Unknown => "unknown",
        AgentState.Starting => "starting",
        AgentState.Working => "working",
        AgentState.NeedsApproval => "needs-approval",
        AgentState.NeedsAnswer => "needs-answer",
        AgentState.Waiting => "waiting",
        AgentState.Done => "done",
        AgentState.LimitReached => "limit",
        AgentState.LoginNeeded => "login",
        AgentState.Failed => "failed",
        AgentState.Exited => "exited",
        AgentState.Lost => "lost",
        _ => throw Unnamed(state),
    };

    public static AgentState Agent(string text) => text switch
    {
        "unknown" => AgentState.Unknown,
        "starting" => AgentState.Starting,
        "working" => AgentState.Working,
        "needs-approval" => AgentState.NeedsApproval,
        "needs-answer" => AgentState.NeedsAnswer,
        "waiting" => AgentState.Waiting,
        "done" => AgentState.Done,
        "limit" => AgentState.LimitReached,
        "login" => AgentState.LoginNeeded,
        "failed" => AgentState.Failed,
        "exited" => AgentState.Exited,
        "lost" => AgentState.Lost,
        _ => throw Unknown(text),
    };

    public static string Of(SignalSource source) => source switch
    {
        SignalSource.Protocol => "protocol",
        SignalSource.Hook => "hook",
        SignalSource.ProgramStatus => "program-status",
        SignalSource.Title => "title",
        SignalSource.Progress => "progress",
        SignalSource.Prompt => "prompt",
        SignalSource.Notification => "notification",
        SignalSource.Screen => "screen",
        SignalSource.Process => "process",
        _ => throw Unnamed(source),
    };

    public static SignalSource Source(string text) => text switch
    {
        "protocol" => SignalSource.Protocol,
        "hook" => SignalSource.Hook,
        "program-status" => SignalSource.ProgramStatus,
        "title" => SignalSource.Title,
        "progress" => SignalSource.Progress,
        "prompt" => SignalSource.Prompt,
        "notification" => SignalSource.Notification,
        "screen" => SignalSource.Screen,
        "process" => SignalSource.Process,
        _ => throw Unknown(text),
    };

    private static ArgumentException Unnamed(Enum value) => new($"{value} of {value.GetType().Name} has no name");

    private static FormatException Unknown(string text) => new($"no such name: {text}");
}
