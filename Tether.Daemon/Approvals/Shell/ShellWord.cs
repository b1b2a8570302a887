namespace Tether.Daemon.Approvals.Shell;

/// <summary>One word of a command line, as far as the text alone tells what it will be.</summary>
internal sealed record ShellWord
{
    /// <summary>As it stands in the text.</summary>
    public required string Source { get; init; }

    /// <summary>What the program gets, quotes removed; null when that depends on more than the text: variables, substitutions, globs, braces.</summary>
    public string? Literal { get; init; }

    /// <summary>What is known of its beginning; all of it when it is literal.</summary>
    public required string Beginning { get; init; }

    /// <summary>It begins with an unquoted `~`, which stands for the home directory.</summary>
    public bool IsTilde { get; init; }

    /// <summary>Some of it is quoted: it is no reserved word.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>Where all that is unknown are file names: the pattern; null otherwise.</summary>
    public string? Pattern { get; init; }

    /// <summary>How long the `NAME=` or `NAME+=` is that it begins with; 0 when it cannot be an assignment.</summary>
    public int AssignmentLength { get; init; }

    /// <summary>What its substitutions would run.</summary>
    public IReadOnlyList<ShellNode> Substitutions { get; init; } = [];

    /// <summary>Variables that it sets by the way: `${x:=…}`.</summary>
    public IReadOnlyList<string> Assigned { get; init; } = [];

    /// <summary>A word of which nothing is known.</summary>
    public static ShellWord Unknown(string source) => new() { Source = source, Beginning = "" };

    public static ShellWord Of(string literal) => new() { Source = literal, Beginning = literal, Literal = literal, IsQuoted = true };

    public override string ToString() => Source;
}
