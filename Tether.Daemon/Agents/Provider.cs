namespace Tether.Daemon.Agents;

/// <summary>A program that sessions may be started with. Only what is in <see cref="ProviderList"/> can be.</summary>
internal sealed record Provider
{
    public required string Name { get; init; }

    /// <summary>What is looked for on the PATH; empty for the user's own login shell, which each caller's environment names.</summary>
    public required string Program { get; init; }

    /// <summary>Arguments that always come first.</summary>
    public string[] FixedArguments { get; init; } = [];

    /// <summary>Whether the one who starts a session may add arguments.</summary>
    public bool MayHaveArguments { get; init; }

    public string Description { get; init; } = "";

    /// <summary>How to get the program, as a command; null when it is the user's own affair.</summary>
    public string? Install { get; init; }

    public bool IsLoginShell => Program.Length == 0;
}
