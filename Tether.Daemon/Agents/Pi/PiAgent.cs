namespace Tether.Daemon.Agents.Pi;

/// <summary>How Pi is launched.</summary>
internal static class PiAgent
{
    public static Provider Provider { get; } = new()
    {
        Name = "pi",
        Program = "pi",
        MayHaveArguments = true,
        Description = "Pi",
        Install = "npm install -g @mariozechner/pi-coding-agent",
    };
}
