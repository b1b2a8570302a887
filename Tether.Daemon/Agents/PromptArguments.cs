namespace Tether.Daemon.Agents;

/// <summary>The arguments by which an agent begins with a prompt.</summary>
internal static class PromptArguments
{
    /// <summary>Null where none are known, or the prompt would be taken for an option: then it is typed.</summary>
    public static string[]? Of(string provider, string prompt) => provider switch
    {
        _ when prompt.StartsWith('-') => null,
        "codex" or "claude" or "pi" => [prompt],
        "opencode" => ["--prompt", prompt],
        "gemini" => ["-i", prompt],
        _ => null,
    };
}
