namespace Tether.Daemon.Events;

/// <summary>
/// The types of events that have a meaning beyond one part. Whatever else happens to a session (`title`, `control`, `command`, `exited` …) is logged under
/// the kind by which the protocol's `event` messages tell it, with `{"text"}` as data.
/// </summary>
internal static class EventTypes
{
    /// <summary>`{state, status?, message?}`: the session's state, and what its agent is up to.</summary>
    public const string SessionState = "session_state";

    /// <summary>`{text, kind: "step"|"final", final, stream: "combined", metadata?, is_history?}`: what an agent said; `is_history` when it was read from what the agent keeps.</summary>
    public const string Output = "output";

    /// <summary>`{code, message}`.</summary>
    public const string Error = "error";

    /// <summary>`{text, by?, surface?, timestamp?, is_history?}`: a person, or a program for him, said something to the agent.</summary>
    public const string UserInput = "user_input";

    /// <summary>`{request_id, tool_name, tool_input, title, kind, description?, options?, questions?}`: an item stands in the queue.</summary>
    public const string PermissionRequest = "permission_request";

    /// <summary>`{request_id, resolved_by: user|rule|mode|timeout|cancelled|agent, allowed, decision, message, by, surface, answers?, updated_input?}`: the item is over. `allowed` is true of what was answered too, whatever was chosen: that stands in `answers`.</summary>
    public const string PermissionResolved = "permission_resolved";

    /// <summary>`{text}`: the session has been started.</summary>
    public const string Created = "created";

    /// <summary>`{text: ""}`: the session is deleted, and this is the last that is told of it.</summary>
    public const string Deleted = "deleted";
}
