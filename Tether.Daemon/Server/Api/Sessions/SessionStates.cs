using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>A session's state by the names that clients of earlier products know, and two more for what those had no name for.</summary>
internal static class SessionStates
{
    public const string Created = "CREATED", Running = "RUNNING", AwaitingInput = "AWAITING_INPUT", Interrupting = "INTERRUPTING", Error = "ERROR", Exited = "EXITED", Lost = "LOST";

    public static string[] All { get; } = [Created, Running, AwaitingInput, Interrupting, Error, Exited, Lost];

    /// <summary>What <see cref="StatusOf"/> may say.</summary>
    public static string[] AllStatuses { get; } =
        ["starting", "working", "needs-approval", "needs-answer", "waiting", "done", "limit", "login", "failed", "exited", "lost", "unknown"];

    /// <summary>What the state of a session is called. One that stands still for an approval is running, as its turn is.</summary>
    public static string Of(SessionRecord record) => (record.State, record.Status?.State) switch
    {
        (SessionState.Exited, _) => Exited,
        (SessionState.Lost, _) => Lost,
        (_, null or AgentState.Unknown) => record.External is null ? Running : Created,
        (_, AgentState.Starting) => Created,
        (_, AgentState.Waiting or AgentState.Done or AgentState.LimitReached or AgentState.LoginNeeded) => AwaitingInput,
        (_, AgentState.Failed) => Error,
        _ => Running,
    };

    /// <summary>What the agent is up to, by our own names; null where nothing is known of it.</summary>
    public static string? StatusOf(SessionRecord record) => record.State switch
    {
        SessionState.Exited => "exited",
        SessionState.Lost => "lost",
        _ => record.Status?.State switch
        {
            null => null,
            AgentState.NeedsApproval => "needs-approval",
            AgentState.NeedsAnswer => "needs-answer",
            AgentState.LimitReached => "limit",
            AgentState.LoginNeeded => "login",
            var state => state.Value.ToString().ToLowerInvariant(),
        },
    };
}
