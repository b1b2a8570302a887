namespace Tether.Daemon.Approvals.Facts;

/// <summary>What a rule is held against: one simple command of an ask, or what its tool does besides a command.</summary>
internal sealed record AskPart
{
    /// <summary>Null for what is no command.</summary>
    public PlacedCommand? Command { get; init; }

    /// <summary>Where it would be done, links followed; null when that is not known.</summary>
    public IReadOnlyList<string>? Directories { get; init; }

    /// <summary>Every path that may be meant, likely or not.</summary>
    public IReadOnlyList<PartPath> Paths { get; init; } = [];

    /// <summary>It may touch paths that are not among <see cref="Paths"/>: a word is not known.</summary>
    public bool HasUnknownPaths { get; init; }

    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>It goes to the network, and where to is not known.</summary>
    public bool HasUnknownHosts { get; init; }
}

/// <summary>A path that is named.</summary>
internal sealed record PartPath
{
    /// <summary>Absolute, by the text alone.</summary>
    public required string Lexical { get; init; }

    /// <summary>With all links followed; null when that cannot be told.</summary>
    public required string? Real { get; init; }

    /// <summary>With all links but its own followed: the entry that a deletion or a rename would touch; null when that cannot be told.</summary>
    public required string? Entry { get; init; }

    /// <summary>The word that names it; -1 for redirections and for what is no command's.</summary>
    public int Word { get; init; } = -1;

    /// <summary>A redirection or an edit would write it.</summary>
    public bool IsWritten { get; init; }

    /// <summary>It surely is a path, and not only a word that could be one.</summary>
    public bool IsNamed { get; init; }
}
