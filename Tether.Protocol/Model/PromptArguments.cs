namespace Tether.Protocol.Model;

/// <summary>The arguments by which an agent's program begins with a prompt.</summary>
public static class PromptArguments
{
    /// <summary>Null for a provider of which none are known: then the prompt is typed.</summary>
    /// <param name="provider">Its name.</param>
    /// <param name="prompt">Not empty.</param>
    public static string[]? Of(string provider, string prompt) => provider switch
    {
        "codex" or "claude" or "pi" => [Plain(prompt)],
        "opencode" => ["--prompt", Plain(prompt)],
        "gemini" => ["-i", Plain(prompt)],
        _ => null,
    };

    // What could be an option, a file (`@name`) or a command of the program (`logout`, `update`) is none behind a blank.
    private static string Plain(string prompt) => prompt[0] is '-' or '@' || !prompt.Any(char.IsWhiteSpace) ? $" {prompt}" : prompt;
}
