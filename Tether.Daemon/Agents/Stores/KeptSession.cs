namespace Tether.Daemon.Agents.Stores;

/// <summary>A session as it was found in an agent's store.</summary>
internal sealed record KeptSession
{
    /// <summary>The agent's own id, by which it resumes.</summary>
    public required string Id { get; init; }

    /// <summary>Absolute; what the content says, whatever a folder is called.</summary>
    public required string Directory { get; init; }

    /// <summary>One line; empty when there was no prompt yet.</summary>
    public string Title { get; init; } = "";

    public string FirstPrompt { get; init; } = "";

    public string LastPrompt { get; init; } = "";

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When something was last written to it.</summary>
    public required DateTimeOffset LastActivity { get; init; }

    /// <summary>Prompts and answers; null where counting them would mean reading all of a large file.</summary>
    public int? Messages { get; init; }

    /// <summary>The version of the agent that wrote it; empty when it does not say.</summary>
    public string Version { get; init; } = "";

    /// <summary>The file or database that has it.</summary>
    public required string Location { get; init; }

    /// <summary>The session of which it is a sub-agent's part; null for one of its own.</summary>
    public string? Parent { get; init; }

    /// <summary>Null when nothing says that it runs.</summary>
    public RunningSign? Running { get; init; }
}

/// <summary>What says that a session runs.</summary>
/// <param name="ProcessId">The agent's process; null where only its lock is seen.</param>
/// <param name="Evidence">For people, as `pid 4711 (~/.claude/sessions/4711.json)`.</param>
internal sealed record RunningSign(int? ProcessId, string Evidence);

/// <summary>What to list.</summary>
/// <param name="Directory">Only those in this folder or below it; null for all.</param>
/// <param name="Limit">The newest so many.</param>
internal sealed record StoreQuery(string? Directory, int Limit)
{
    public bool Takes(string directory) =>
        Directory is null || directory == Directory || (directory.StartsWith(Directory, StringComparison.Ordinal) && (Directory.EndsWith('/') || directory[Directory.Length] == '/'));
}

/// <summary>What was found, newest first, and what could not be read and why.</summary>
internal sealed record StoreListing(IReadOnlyList<KeptSession> Sessions, IReadOnlyList<string> Problems);
