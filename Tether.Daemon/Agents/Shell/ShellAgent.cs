namespace Tether.Daemon.Agents.Shell;

/// <summary>The user's login shell. It takes no arguments: `shell -c …` would be any command under a harmless name.</summary>
internal static class ShellAgent
{
    public const string Name = "shell";

    public static Provider Provider { get; } = new() { Name = Name, Program = "", Description = "Your login shell" };
}
