namespace Tether.Daemon.Approvals.Shell;

/// <summary>A part of a command line's structure.</summary>
internal abstract record ShellNode
{
    public sealed record Simple(ShellCommand Command) : ShellNode;

    /// <summary>One after the other.</summary>
    public sealed record Sequence(IReadOnlyList<Step> Steps) : ShellNode;

    /// <summary>Joined by pipes.</summary>
    public sealed record Pipeline(IReadOnlyList<ShellNode> Stages) : ShellNode;

    /// <summary>In a shell of its own: what it does to its directory stays there.</summary>
    public sealed record Scope(ShellNode Body) : ShellNode;

    /// <summary>Any of them any number of times: branches, loops, functions.</summary>
    /// <param name="Bodies">What may be run.</param>
    /// <param name="Function">The name of the function that is defined; null for all else.</param>
    public sealed record Choice(IReadOnlyList<ShellNode> Bodies, string? Function = null) : ShellNode;

    /// <summary>A node and how it is joined to the one before.</summary>
    public sealed record Step(ShellNode Node, Join Join);

    /// <summary>When a step is carried out.</summary>
    public enum Join
    {
        Always,
        OnSuccess,
        OnFailure,
    }
}
