namespace Tether.Protocol.Model;

/// <summary>One decision in the audit log. Each entry holds the hash of the one before, so that nothing can be taken out or changed unseen.</summary>
public sealed record AuditEntry
{
    /// <summary>From 1, without gaps.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Session { get; init; }

    public required string Agent { get; init; }

    /// <summary>The queue's item, also for what a rule decided before it ever stood there.</summary>
    public required string Item { get; init; }

    public required QueueKind Kind { get; init; }

    public string? Tool { get; init; }

    public ToolClass ToolClass { get; init; }

    /// <summary>One line, as in the queue.</summary>
    public required string Title { get; init; }

    public string? Command { get; init; }

    public string Directory { get; set; } = "";

    public string[] Paths { get; set; } = [];

    public required QueueDecision Decision { get; init; }

    public required string By { get; init; }

    public required string Surface { get; init; }

    public string Reason { get; set; } = "";

    public string? Rule { get; init; }

    /// <summary>Empty in the entry that was written before the agent heard of it. An answer that did not reach the agent has a second entry, which says why.</summary>
    public string Receipt { get; set; } = "";

    /// <summary>Hex SHA-256 of the entry before; 64 zeros for the first.</summary>
    public string Previous { get; set; } = "";

    /// <summary>Hex SHA-256 over this entry's line without this member.</summary>
    public string Hash { get; set; } = "";
}
