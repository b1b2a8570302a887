using System.Text.Json;

namespace Tether.Daemon.Server.Api.External;

/// <summary>The body that registers an agent.</summary>
internal sealed record RegisterBody
{
    public required AgentMetadata AgentMetadata { get; init; }

    /// <summary>The session's title; null for the agent's name.</summary>
    public string? SessionName { get; init; }

    /// <summary>The chat platform that the session shall have a thread on; null for none.</summary>
    public string? Platform { get; init; }

    /// <summary>Where the agent works: a folder in the home directory, or where another session runs; null for the home directory.</summary>
    public string? Directory { get; init; }
}

/// <summary>What an agent says of itself.</summary>
internal sealed record AgentMetadata
{
    /// <summary>One line, at most 64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>One word of at most 32 letters, digits, - and _.</summary>
    public string? Type { get; init; }

    /// <summary>One character as people see it.</summary>
    public string? Icon { get; init; }

    /// <summary>Where it works, in its own words.</summary>
    public string? Workspace { get; init; }
}

/// <summary>A session for the agent. Platform and thread are null without a platform.</summary>
internal sealed record Registered(string SessionId, string? Platform, ThreadInfo? ThreadInfo);

/// <summary>The thread that the session has on a chat platform.</summary>
internal sealed record ThreadInfo(string ThreadId, string Platform);

/// <summary>What the agent says.</summary>
internal sealed record OutputBody
{
    public required string Text { get; init; }

    /// <summary>`step`, or `final` for what ends a turn.</summary>
    public string? Kind { get; init; }

    /// <summary>The same as kind `final`.</summary>
    public bool IsFinal { get; init; }

    /// <summary>What comes next stands right behind it, on the same line.</summary>
    public bool Partial { get; init; }

    /// <summary>Kept with the event, and not looked at.</summary>
    public JsonElement? Metadata { get; init; }
}

/// <summary>What the agent is up to.</summary>
internal sealed record StatusBody
{
    /// <summary>`thinking`, `executing`, `running`, `awaiting_input`, `done` or `error`.</summary>
    public required string Status { get; init; }

    public string? Message { get; init; }
}

/// <summary>What the agent asks. With options or free text it is a question, else an approval, which policy judges by tool and input.</summary>
internal sealed record ApprovalBody
{
    /// <summary>The agent's own name for it; the same one asked again stands once.</summary>
    public string? RequestId { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    /// <summary>Each a text or `{label, description}`.</summary>
    public JsonElement[]? Options { get; init; }

    /// <summary>More than one option may be chosen.</summary>
    public bool Multiple { get; init; }

    /// <summary>A text that is no option is taken too.</summary>
    public bool FreeText { get; init; }

    public string? ToolName { get; init; }

    /// <summary>An object, as the tool takes it.</summary>
    public JsonElement? ToolInput { get; init; }

    /// <summary>Seconds after which it is denied, 1–86400; without: it waits for ever.</summary>
    public double? TimeoutS { get; init; }
}

/// <summary>An event was kept, and has this number.</summary>
internal sealed record Pushed(bool Ok, long Seq);

/// <summary>A request stands in the queue, under this id.</summary>
internal sealed record AskedReply(bool Ok, string RequestId);

/// <summary>One message for the agent.</summary>
internal sealed record AgentMessage
{
    /// <summary>`human_input`, `approval_response`, `interrupt`, or `timeout` when there was none in time.</summary>
    public required string Type { get; init; }

    /// <summary>Of `human_input`: text, timestamp, by, surface. Of `approval_response`: request_id, approved, option, decision, message, answers and the rest of the event.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>The event's number, for `since_seq`; the last known one for `timeout`. Null where the answer to one request was waited for: what was said before it may not have been fetched yet.</summary>
    public required long? Seq { get; init; }
}
