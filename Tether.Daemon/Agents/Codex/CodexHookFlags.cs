using System.Security.Cryptography;
using System.Text;
using Tether.Daemon.Agents.Hooks;

namespace Tether.Daemon.Agents.Codex;

/// <summary>
/// Our hooks as `-c` flags of one run. Codex runs only hooks whose hash somebody has trusted, so ours come with theirs: the SHA-256 of what it takes for a
/// hook's identity. (Its flag `--dangerously-bypass-hook-trust` would also run the hooks of a repository that nobody has looked at.)
/// </summary>
internal static class CodexHookFlags
{
    // Where Codex says that hooks of `-c` come from.
    private const string Source = "/<session-flags>/config.toml";

    private const int AskSeconds = 24 * 60 * 60;
    private const int ReportSeconds = 10;

    // What Codex allows for these.
    private const int LastWordsSeconds = 3;

    private const string Asking = "PermissionRequest";

    private static readonly string[] Reporting = ["SessionStart", "UserPromptSubmit", "PostToolUse", "PreCompact", "PostCompact", "Stop"];

    private static readonly string[] LastWords = ["Interrupt", "SessionEnd"];

    public static string[] For(string tether, string[] environment)
    {
        var report = HookLine.For(tether, CodexAgent.AgentName, asks: false, environment);
        var hooks = Reporting.Select(name => (Name: name, Command: report, Seconds: ReportSeconds))
            .Concat(LastWords.Select(name => (Name: name, Command: report, Seconds: LastWordsSeconds)))
            .Append((Name: Asking, Command: HookLine.For(tether, CodexAgent.AgentName, asks: true, environment), Seconds: AskSeconds))
            .ToArray();
        var flags = hooks.SelectMany(hook => Flag($"hooks.{hook.Name}=[{{hooks=[{{type=\"command\",command={Quote(hook.Command)},timeout={hook.Seconds}}}]}}]"));
        var trusted = hooks.Select(hook => $"\"{Source}:{Snake(hook.Name)}:0:0\"={{trusted_hash=\"{Hash(Snake(hook.Name), hook.Command, hook.Seconds)}\"}}");
        return [.. flags, .. Flag($"hooks.state={{{string.Join(',', trusted)}}}")];

        static string[] Flag(string setting) => ["-c", setting];
    }

    /// <summary>What Codex compares: over its JSON without blanks, members in the order of their names.</summary>
    internal static string Hash(string snakeName, string command, int seconds)
    {
        var identity = $"{{\"event_name\":\"{snakeName}\",\"hooks\":[{{\"async\":false,\"command\":{Quote(command)},\"timeout\":{seconds},\"type\":\"command\"}}]}}";
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))}";
    }

    // A basic string of TOML, and of JSON as serde writes it: nothing is escaped that need not be.
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                < ' ' => quoted.Append($"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static string Snake(string name)
    {
        var snake = new StringBuilder();
        foreach (var c in name)
        {
            _ = char.IsUpper(c) && snake.Length > 0 ? snake.Append('_').Append(char.ToLowerInvariant(c)) : snake.Append(char.ToLowerInvariant(c));
        }

        return snake.ToString();
    }
}
