namespace Tether.Daemon.Agents.OpenCode;

/// <summary>How OpenCode is launched.</summary>
internal static class OpenCodeAgent
{
    public static Provider Provider { get; } = new()
    {
        Name = "opencode",
        Program = "opencode",
        MayHaveArguments = true,
        Description = "OpenCode",
        Install = "npm install -g opencode-ai",
    };
}
