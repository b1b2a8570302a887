using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Approvals;

/// <summary>
/// A program that Tether takes for Claude Code: it asks, over the hook of the real one, for each command that stands behind `--ask`, all at once, and writes
/// what it is told into one file for each.
/// </summary>
internal static class ScriptedAgent
{
    private const string Program = """
        #!/bin/bash
        while [ $# -gt 0 ] && [ "$1" != --ask ]; do shift; done
        shift
        for command; do
          printf '{"session_id":"s","hook_event_name":"PermissionRequest","cwd":"%s","permission_mode":"default","tool_name":"Bash","tool_input":{"command":"%s"},"permission_suggestions":[]}' "$PWD" "$command" |
            tether hook claude --asks >"$PWD/${command// /_}.answer" 2>&1 &
        done
        echo asking
        wait
        echo all answered
        exec cat
        """;

    /// <summary>Puts it where sessions of this sandbox find it.</summary>
    public static void Install(Sandbox sandbox)
    {
        var folder = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "agents")).FullName;
        var path = Path.Combine(folder, "claude");
        File.WriteAllText(path, Program);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        sandbox.Set("PATH", $"{folder}:{sandbox.Environment["PATH"]}");
    }

    /// <summary>Starts it, detached; its id.</summary>
    public static async Task<string> Ask(Sandbox sandbox, string title, params string[] commands) =>
        (await sandbox.Do(["run", "claude", "-d", "--title", title, "--cols", "80", "--rows", "24", "--", "--ask", .. commands])).Split(' ')[0];

    /// <summary>What it was told about a command; null while it was told nothing.</summary>
    public static JsonNode? Answer(Sandbox sandbox, string command)
    {
        var path = Path.Combine(sandbox.WorkingDirectory, command.Replace(' ', '_') + ".answer");
        return File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } text ? JsonNode.Parse(text)!["hookSpecificOutput"]!["decision"] : null;
    }

    /// <summary>Waits until so many of its questions are open.</summary>
    public static async Task<JsonArray> UntilOpen(Sandbox sandbox, int count)
    {
        JsonArray items = [];
        await Patience.Until(
            async () =>
            {
                items = [.. (await sandbox.Ask("queue", null, "queue-list"))["items"]!.AsArray().Where(item => (string?)item!["kind"] == "approval").Select(item => item!.DeepClone())];
                return items.Count == count;
            },
            $"{count} questions");
        return items;
    }
}
