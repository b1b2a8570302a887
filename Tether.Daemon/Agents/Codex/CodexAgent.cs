namespace Tether.Daemon.Agents.Codex;

/// <summary>How OpenAI Codex is launched.</summary>
internal sealed class CodexAgent : AgentKind
{
    public override Provider Provider { get; } = new()
    {
        Name = "codex",
        Program = "codex",
        MayHaveArguments = true,
        Description = "OpenAI Codex",
        Install = "npm install -g @openai/codex",
    };
}
