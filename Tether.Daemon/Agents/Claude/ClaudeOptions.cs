namespace Tether.Daemon.Agents.Claude;

/// <summary>Which options of `claude` take words behind them, as its help says (2.1.197, 2.1.329).</summary>
internal static class ClaudeOptions
{
    private static readonly string[] One =
    [
        "--agent", "--agents", "--append-system-prompt", "--append-system-prompt-file", "--autocompact", "--debug-file", "--effort", "--environment", "--fallback-model",
        "--input-format", "--json-schema", "--max-budget-usd", "--model", "-n", "--name", "--output-format", "--permission-mode", "--permission-prompt-tool",
        "--permission-prompts", "--plugin-dir", "--plugin-url", "--remote-control-session-name-prefix", "--session-id", "--setting-sources", "--settings",
        "--system-prompt", "--system-prompt-file", "--system-prompt-snapshot",
    ];

    // May be followed by one word that is no option.
    private static readonly string[] Optional = ["-r", "--resume", "--from-pr", "--teleport", "--cloud", "-d", "--debug", "-w", "--worktree", "--prompt-suggestions", "--remote-control"];

    // Followed by as many words as there are before the next option.
    private static readonly string[] Many = ["--add-dir", "--allowedTools", "--allowed-tools", "--betas", "--disallowedTools", "--disallowed-tools", "--file", "--mcp-config", "--tools"];

    /// <summary>How many of the words behind an option belong to it.</summary>
    public static int ValuesOf(string option, ReadOnlySpan<string> behind)
    {
        var words = 0;
        while (words < behind.Length && !behind[words].StartsWith('-'))
        {
            words++;
        }

        return One.Contains(option) ? Math.Min(1, behind.Length)
            : Optional.Contains(option) ? Math.Min(1, words)
            : Many.Contains(option) ? words
            : 0;
    }
}
