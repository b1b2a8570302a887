namespace Tether.Daemon.Agents.Claude;

/// <summary>How Claude Code is launched.</summary>
internal sealed class ClaudeAgent : AgentKind
{
    public override Provider Provider { get; } = new()
    {
        Name = "claude",
        Program = "claude",
        MayHaveArguments = true,
        Description = "Claude Code",
        Install = "npm install -g @anthropic-ai/claude-code",
    };
}
