namespace Tether.Daemon.Agents.Pi;

/// <summary>How Pi is launched.</summary>
internal sealed class PiAgent : AgentKind
{
    public override Provider Provider { get; } = new()
    {
        Name = "pi",
        Program = "pi",
        MayHaveArguments = true,
        Description = "Pi",
        Install = "npm install -g @mariozechner/pi-coding-agent",
    };
}
