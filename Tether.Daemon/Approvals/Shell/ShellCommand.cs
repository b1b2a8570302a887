namespace Tether.Daemon.Approvals.Shell;

/// <summary>A simple command: the words of one program's call with what is set and redirected for it. Any of the three may be missing.</summary>
internal sealed record ShellCommand
{
    /// <summary>As it stands in the text.</summary>
    public required string Source { get; init; }

    public IReadOnlyList<ShellWord> Words { get; init; } = [];

    public IReadOnlyList<ShellAssignment> Assignments { get; init; } = [];

    public IReadOnlyList<ShellRedirection> Redirections { get; init; } = [];

    /// <summary>The shell's own `[[ … ]]`, which runs nothing.</summary>
    public bool IsTest { get; init; }
}

/// <summary>`NAME=value`, before a command or alone; also what a loop sets.</summary>
/// <param name="Name">The variable's.</param>
/// <param name="Value">Null when it is not known.</param>
/// <param name="Substitutions">What working the value out would run.</param>
internal sealed record ShellAssignment(string Name, string? Value, IReadOnlyList<ShellNode> Substitutions);

/// <summary>One redirection.</summary>
internal sealed record ShellRedirection
{
    public required RedirectionKind Kind { get; init; }

    /// <summary>What stands behind the operator.</summary>
    public required ShellWord Word { get; init; }

    public HereDocument? Document { get; init; }

    /// <summary>The file; for <see cref="RedirectionKind.Text"/> what is fed, for <see cref="RedirectionKind.Duplicate"/> the descriptor.</summary>
    public ShellWord Target => Document?.Body ?? Word;

    public bool Writes => Kind is RedirectionKind.Write or RedirectionKind.Append or RedirectionKind.ReadWrite;
}

/// <summary>What a redirection does to its file.</summary>
internal enum RedirectionKind
{
    Read,
    Write,
    Append,
    ReadWrite,

    /// <summary>A here-document or here-string.</summary>
    Text,

    /// <summary>`2&gt;&amp;1`, `&lt;&amp;-`: no file.</summary>
    Duplicate,
}
