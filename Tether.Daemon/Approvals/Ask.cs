using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>A question as an agent's adapter brings it; <see cref="QueueItem"/> is what people see of it.</summary>
internal sealed record Ask
{
    public required string Session { get; init; }

    /// <summary>Names the question within its session, the same when it is brought again: after a daemon's end, or by two ways at once.</summary>
    public required string Key { get; init; }

    public required QueueKind Kind { get; init; }

    /// <summary>One line, as `Bash: touch a.txt`.</summary>
    public required string Title { get; init; }

    public string? SubAgent { get; init; }

    /// <summary>The tool as the agent calls it.</summary>
    public string? Tool { get; init; }

    public ToolClass ToolClass { get; init; }

    public string? Command { get; init; }

    /// <summary>Absolute; null for the session's.</summary>
    public string? Directory { get; init; }

    public string Detail { get; init; } = "";

    public FileEdit[] Edits { get; init; } = [];

    public QueueQuestion[] Questions { get; init; } = [];

    /// <summary>The tool's whole input as JSON.</summary>
    public string? Input { get; init; }

    /// <summary>Files that it would touch beyond those of <see cref="Edits"/> and <see cref="Command"/>.</summary>
    public string[] Paths { get; init; } = [];

    /// <summary>Hosts that it would reach beyond those of <see cref="Command"/>.</summary>
    public string[] Hosts { get; init; } = [];

    public AnswerWay Way { get; init; }

    public bool TakesReason { get; init; }

    public bool TakesInput { get; init; }

    /// <summary>What the agent itself offers to remember; ids begin with `agent`.</summary>
    public AlwaysOffer[] AgentAlways { get; init; } = [];

    /// <summary>It only says that something is asked, and gives way to whatever says what.</summary>
    public bool IsVague { get; init; }

    /// <summary>As in <see cref="QueueItem.ExpiresAt"/>; whoever brought it sees to that.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>By which the end of this question is known when it is settled elsewhere: the id of the tool's use, or a text made of tool and input. Empty: by nothing but the end of all.</summary>
    public string Correlation { get; init; } = "";
}
