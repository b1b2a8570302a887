using System.Text.Json.Serialization;

namespace Tether.Daemon.Server.Api.Outside;

/// <summary>What a session has used so far, as its agent counts it; null is what the agent does not tell, or not yet.</summary>
internal sealed record UsageAnswer
{
    /// <summary>Tokens of input that came from no cache.</summary>
    public required long? InputTokens { get; init; }

    /// <summary>Tokens of output; where the agent counts thinking among them, that too.</summary>
    public required long? OutputTokens { get; init; }

    /// <summary>Tokens of input that the model's cache had.</summary>
    public required long? CacheReadTokens { get; init; }

    /// <summary>Tokens of input that were put into the cache.</summary>
    public required long? CacheWriteTokens { get; init; }

    /// <summary>Tokens of thinking.</summary>
    public required long? ReasoningTokens { get; init; }

    /// <summary>US dollars; null for an agent that keeps no account of money.</summary>
    public required double? TotalCostUsd { get; init; }
}

/// <summary>A part of what was said in a session.</summary>
internal sealed record TranscriptAnswer
{
    /// <summary>Oldest first.</summary>
    public required TranscriptLine[] Entries { get; init; }

    /// <summary>How many there are in all. When it is less than before, the agent went back to an earlier point, and the entries from there on are others.</summary>
    public required int Count { get; init; }

    /// <summary>What `from` should be next.</summary>
    public required int Next { get; init; }
}

/// <summary>One thing that was said or done.</summary>
internal sealed record TranscriptLine
{
    /// <summary>From 0.</summary>
    public required int Number { get; init; }

    /// <summary>user, assistant, thinking, tool, result or system.</summary>
    public required string Role { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset? At { get; init; }

    /// <summary>The tool's name.</summary>
    public required string? Tool { get; init; }

    /// <summary>Which of the agent's own agents; null for the main one.</summary>
    public required string? SubAgent { get; init; }

    public required bool IsError { get; init; }
}

/// <summary>What was logged of a transcript.</summary>
internal sealed record SyncAnswer
{
    /// <summary>Messages that were logged now.</summary>
    public required int Synced { get; init; }

    /// <summary>Entries that the transcript has, tools and thinking among them.</summary>
    public required int Total { get; init; }
}

/// <summary>A session as an agent keeps it, started with Tether or without.</summary>
internal sealed record OutsideEntry
{
    /// <summary>The agent's own id.</summary>
    public required string Id { get; init; }

    /// <summary>claude, codex, opencode or pi.</summary>
    public required string RunnerType { get; init; }

    public required string Directory { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    public required string FirstPrompt { get; init; }

    public required string LastPrompt { get; init; }

    public required DateTimeOffset? CreatedAt { get; init; }

    public required DateTimeOffset LastActivity { get; init; }

    /// <summary>Prompts and answers; null where counting them would mean reading all of a large file.</summary>
    public required int? MessageCount { get; init; }

    public required bool IsRunning { get; init; }

    /// <summary>The session here in which it runs or ran; null for none.</summary>
    public required string? SessionId { get; init; }
}

/// <summary>A session as an agent keeps it, with the end of what was said.</summary>
internal sealed record OutsideHistory
{
    public required OutsideEntry Session { get; init; }

    /// <summary>What people and the agent said, oldest first.</summary>
    public required OutsideMessage[] Messages { get; init; }
}

internal sealed record OutsideMessage
{
    /// <summary>user or assistant.</summary>
    public required string Role { get; init; }

    public required string Content { get; init; }

    /// <summary>What the agent thought before it said this.</summary>
    public required string? Thinking { get; init; }

    public required DateTimeOffset? Timestamp { get; init; }
}

/// <summary>The body that goes on with an agent's session.</summary>
internal sealed record AttachBody
{
    /// <summary>The agent's own id, or a unique beginning of it.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Whose it is; refused when it is another's. Null for whosesoever.</summary>
    public string? RunnerType { get; init; }

    /// <summary>Taken and not used: the agent's store knows where it was.</summary>
    public string? Directory { get; init; }

    /// <summary>The session's name; null for the agent's own title.</summary>
    public string? Name { get; init; }

    /// <summary>Although it seems to run elsewhere, or was written to a moment ago.</summary>
    public bool Force { get; init; }

    /// <summary>A chat to bind it to; refused while that is not configured.</summary>
    public string? Platform { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(UsageAnswer))]
[JsonSerializable(typeof(TranscriptAnswer))]
[JsonSerializable(typeof(SyncAnswer))]
[JsonSerializable(typeof(OutsideEntry[]))]
[JsonSerializable(typeof(OutsideHistory))]
[JsonSerializable(typeof(AttachBody))]
internal sealed partial class OutsideJson : JsonSerializerContext;
