using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>What a command runs besides itself.</summary>
internal sealed record Unwrapped
{
    public static Unwrapped Nothing { get; } = new();

    /// <summary>Commands among its words: where each begins and how many words it has.</summary>
    public IReadOnlyList<(int Start, int Count)> Inner { get; init; } = [];

    /// <summary>Texts that it runs as scripts.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>The scripts are for a `sh` that may know no bash.</summary>
    public bool IsPosix { get; init; }

    /// <summary>The scripts run in the same shell, as those of `eval` do.</summary>
    public bool IsSameShell { get; init; }

    /// <summary>The inner command gets further arguments.</summary>
    public bool IsOpenEnded { get; init; }

    /// <summary>It does nothing else.</summary>
    public bool IsTransparent { get; init; }

    /// <summary>The inner commands run somewhere that is not known.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Variables that are set for the inner command.</summary>
    public IReadOnlyList<ShellAssignment> Assignments { get; init; } = [];

    /// <summary>A text in which the inner command's words get what is not known; null for none.</summary>
    public string? Placeholder { get; init; }

    /// <summary>What it would run cannot be told from its words.</summary>
    public string? Hidden { get; init; }
}
