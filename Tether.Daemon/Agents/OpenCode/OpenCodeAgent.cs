namespace Tether.Daemon.Agents.OpenCode;

/// <summary>How OpenCode is launched.</summary>
internal sealed class OpenCodeAgent : AgentKind
{
    public override Provider Provider { get; } = new()
    {
        Name = "opencode",
        Program = "opencode",
        MayHaveArguments = true,
        Description = "OpenCode",
        Install = "npm install -g opencode-ai",
    };
}
