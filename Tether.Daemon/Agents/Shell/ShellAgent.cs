namespace Tether.Daemon.Agents.Shell;

/// <summary>The user's login shell. It takes no arguments: `shell -c …` would be any command under a harmless name.</summary>
internal sealed class ShellAgent : AgentKind
{
    public const string ShellName = "shell";

    public override Provider Provider { get; } = new() { Name = ShellName, Program = "", Description = "Your login shell" };
}
