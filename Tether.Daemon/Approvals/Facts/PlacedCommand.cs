using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>A simple command with what is known of where and how it would be run.</summary>
internal sealed record PlacedCommand
{
    /// <summary>The program and its arguments; those that a wrapper runs for one that is run by a wrapper. Empty when only something is set or redirected.</summary>
    public required IReadOnlyList<ShellWord> Words { get; init; }

    public required string Source { get; init; }

    public IReadOnlyList<ShellAssignment> Assignments { get; init; } = [];

    public IReadOnlyList<ShellRedirection> Redirections { get; init; } = [];

    /// <summary>Absolute folders, in one of which it would be run; null when they are not known.</summary>
    public required IReadOnlyList<string>? Directories { get; init; }

    /// <summary>It does nothing but run other commands, which stand in the list themselves.</summary>
    public bool IsTransparent { get; init; }

    public bool IsTest { get; init; }

    /// <summary>It gets further arguments that the text does not hold, as from `xargs`.</summary>
    public bool IsOpenEnded { get; init; }

    /// <summary>What runs it, where that is a command and its own words follow in that one's; null otherwise.</summary>
    public PlacedCommand? Wrapper { get; init; }

    /// <summary>Where its words begin in its wrapper's.</summary>
    public int WrapperOffset { get; init; }

    /// <summary>Programs whose output it reads through a pipe.</summary>
    public IReadOnlyList<string> ReadsFrom { get; init; } = [];

    /// <summary>The first word as it stands, with its folder; null when it is not known.</summary>
    public string? Call => Words.Count > 0 && !Words[0].IsTilde ? Words[0].Literal : null;

    /// <summary>The program's name without its folder; null when it is not known or there is none.</summary>
    public string? Program => Words.Count > 0 && Words[0].Literal is { } call ? call[(call.LastIndexOf('/') + 1)..] : null;

    public override string ToString() => Source;
}
