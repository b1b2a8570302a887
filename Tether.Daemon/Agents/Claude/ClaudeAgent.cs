namespace Tether.Daemon.Agents.Claude;

/// <summary>How Claude Code is launched.</summary>
internal static class ClaudeAgent
{
    public static Provider Provider { get; } = new()
    {
        Name = "claude",
        Program = "claude",
        MayHaveArguments = true,
        Description = "Claude Code",
        Install = "npm install -g @anthropic-ai/claude-code",
    };
}
