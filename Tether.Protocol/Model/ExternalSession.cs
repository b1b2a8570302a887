namespace Tether.Protocol.Model;

/// <summary>A session as an agent itself keeps it, whoever started it.</summary>
public sealed record ExternalSession
{
    /// <summary>The agent's own id.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's name.</summary>
    public required string Agent { get; init; }

    /// <summary>Absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>The agent's title of it, else the first prompt; one line, at most 200 characters. Untrusted.</summary>
    public string Title { get; set; } = "";

    public string FirstPrompt { get; set; } = "";

    public string LastPrompt { get; set; } = "";

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset LastActivity { get; init; }

    /// <summary>Prompts and answers; null where counting them would mean reading all of a large file.</summary>
    public int? Messages { get; init; }

    public bool IsRunning { get; init; }

    /// <summary>How that is known, as `pid 4711 (~/.claude/sessions/4711.json)`; empty when it is not running.</summary>
    public string Evidence { get; set; } = "";

    /// <summary>The session of Tether's in which it runs or ran; null for none.</summary>
    public string? Session { get; init; }
}

/// <summary>One thing that was said or done in a session.</summary>
public sealed record TranscriptEntry
{
    /// <summary>From 0.</summary>
    public required int Number { get; init; }

    public required TranscriptRole Role { get; init; }

    public required string Text { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>The tool's name; null for what is no tool's.</summary>
    public string? Tool { get; init; }

    /// <summary>Which of the agent's own agents; null for the main one.</summary>
    public string? SubAgent { get; init; }

    public bool IsError { get; init; }
}
