using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>An ask as the policy sees it: taken apart once, by the text and the links on the disk at that time. Immutable.</summary>
internal sealed record AskReading
{
    public required Ask Ask { get; init; }

    /// <summary>For people.</summary>
    public required CommandFacts Facts { get; init; }

    /// <summary>Simple commands first, then what else the tool touches.</summary>
    public required IReadOnlyList<AskPart> Parts { get; init; }

    /// <summary>The session's directory with links followed; null when that cannot be told.</summary>
    public required string? SessionDirectory { get; init; }

    /// <summary>By what of it the agent could answer itself; only rules that name each allow it.</summary>
    public IReadOnlyList<ControlWay> Controls { get; init; } = [];

    /// <summary>Why it may run more than is seen; rules that name commands never allow it. Empty for none.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Names that the text gives another meaning: its own functions.</summary>
    public IReadOnlySet<string> Functions { get; init; } = new HashSet<string>();

    /// <summary>A link may be made while it runs, so that paths behind it lead elsewhere than now.</summary>
    public bool MakesLinks { get; init; }

    public bool Has(MarkKind kind) => Facts.Marks.Any(mark => mark.Kind == kind);
}
