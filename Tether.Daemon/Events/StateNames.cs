using Tether.Protocol.Model;

namespace Tether.Daemon.Events;

/// <summary>The API's names for where a session is, in the words of the older external-agent API, and `EXITED` and `LOST`.</summary>
internal static class StateNames
{
    public const string Created = "CREATED", Running = "RUNNING", AwaitingInput = "AWAITING_INPUT", Interrupting = "INTERRUPTING", Error = "ERROR", Exited = "EXITED", Lost = "LOST";

    /// <summary>An agent that needs an approval or an answer is still `RUNNING`: it takes no input now, and the item in the queue says what it asks.</summary>
    public static string Of(SessionRecord session) => session.State switch
    {
        SessionState.Exited => Exited,
        SessionState.Lost => Lost,
        _ => session.Status?.State switch
        {
            null or AgentState.Unknown when session.External is not null => Created,
            AgentState.Starting => Created,
            AgentState.Waiting or AgentState.Done or AgentState.LimitReached or AgentState.LoginNeeded => AwaitingInput,
            AgentState.Failed => Error,
            AgentState.Exited => Exited,
            AgentState.Lost => Lost,
            _ => Running,
        },
    };
}
