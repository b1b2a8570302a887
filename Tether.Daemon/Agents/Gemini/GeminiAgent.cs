namespace Tether.Daemon.Agents.Gemini;

/// <summary>How Gemini CLI is launched.</summary>
internal sealed class GeminiAgent : AgentKind
{
    public override Provider Provider { get; } = new()
    {
        Name = "gemini",
        Program = "gemini",
        MayHaveArguments = true,
        Description = "Gemini CLI",
        Install = "npm install -g @google/gemini-cli",
    };
}
