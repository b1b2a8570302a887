namespace Tether.Protocol.Model;

/// <summary>What an agent is up to, since when, and who says so. Times are UTC.</summary>
public sealed record AgentStatus
{
    public required AgentState State { get; init; }

    /// <summary>When it came to be in this state.</summary>
    public required DateTimeOffset Since { get; init; }

    public required SignalSource Source { get; init; }

    /// <summary>The rule that decided, as `claude.hook.PermissionRequest` or `codex.screen.approval`.</summary>
    public required string Rule { get; init; }

    /// <summary>One line for people, as `approve Bash: touch a.txt`; untrusted text with controls removed. Empty when there is nothing to add.</summary>
    public string Detail { get; set; } = "";

    /// <summary>When the limit ends; null where it is not known, and in all other states.</summary>
    public DateTimeOffset? Until { get; init; }
}
