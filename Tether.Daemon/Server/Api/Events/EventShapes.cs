using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tether.Daemon.Server.Api.Events;

/// <summary>An event as clients get it.</summary>
internal sealed record EventEntry
{
    /// <summary>Its place among the events of all sessions: what the stream of all sessions goes by.</summary>
    public required long Id { get; init; }

    public required string SessionId { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTimeOffset Ts { get; init; }

    /// <summary>Its place among its session's events: 1, 2, 3 … without a hole.</summary>
    public required long Seq { get; init; }

    public required string Type { get; init; }

    /// <summary>Of a shape that the type says.</summary>
    public required JsonElement Data { get; init; }
}

/// <summary>A session's events behind a number.</summary>
internal sealed record EventsAnswer
{
    /// <summary>Oldest first. Empty when there are none, or the wait is over.</summary>
    public required EventEntry[] Events { get; init; }

    /// <summary>What `since_seq` should be next: beyond the events that `types` left out too.</summary>
    public required long NextSeq { get; init; }

    /// <summary>More can be read at once.</summary>
    public required bool HasMore { get; init; }
}

/// <summary>What an external agent tells.</summary>
internal sealed record PushedEvent
{
    /// <summary>`output`, `status`, `error` or `permission_request`.</summary>
    public required string Type { get; init; }

    /// <summary>
    /// Of `output`: `{text, kind?: "step"|"final", is_final?, metadata?}`; of `status`: `{status}`: thinking, executing, running, awaiting_input, done, error; of `error`: `{code?, message}`;
    /// of `permission_request`: `{tool_name?, tool_input?, title?, description?, options?, multiple?, free_text?, questions?, timeout_s?, request_id?}`.
    /// </summary>
    public JsonElement Data { get; set; }
}

/// <summary>An event was taken, and outlives the daemon.</summary>
internal sealed record PushAnswer
{
    public bool Ok { get; init; } = true;

    /// <summary>The event's number; null for a permission request.</summary>
    public long? Seq { get; init; }

    /// <summary>Names the question; null for other events.</summary>
    public string? RequestId { get; init; }

    /// <summary>What came of the question; null while nobody has decided, and for other events.</summary>
    public JsonElement? Decision { get; init; }
}

/// <summary>What came of a question.</summary>
internal sealed record DecisionAnswer
{
    public required string RequestId { get; init; }

    public required bool Resolved { get; init; }

    /// <summary>The data of its `permission_resolved` event; null while it stands.</summary>
    public JsonElement? Decision { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventEntry))]
[JsonSerializable(typeof(EventsAnswer))]
[JsonSerializable(typeof(PushedEvent))]
[JsonSerializable(typeof(PushAnswer))]
[JsonSerializable(typeof(DecisionAnswer))]
internal sealed partial class EventsJson : JsonSerializerContext;
