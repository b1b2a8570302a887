using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Approvals;

/// <summary>
/// A program that Tether takes for Claude Code: it asks, over the hook of the real one, for each command that stands behind `--ask`, all at once, and writes
/// what it is told into one file for each. `write PATH` stands for the tool that writes a file, `again` asks the same once more, `ran COMMAND` tells that it ran, and with `once
/// PATH` it waits for that file.
/// </summary>
internal static class ScriptedAgent
{
    private const string Program = """
        #!/bin/bash
        while [ $# -gt 0 ] && [ "$1" != --ask ]; do shift; done
        shift
        for command; do
          name=${command// /_}
          case "$command" in
            again) ;;
            'ran '*) printf '{"session_id":"s","hook_event_name":"PostToolUse","tool_name":"Bash","tool_input":{"command":"%s"}}' "${command#ran }" | tether hook claude; echo "told $((++told))"; continue ;;
            'once '*) until [ -e "${command#once }" ]; do sleep 0.05; done; continue ;;
            'write '*) tool=Write input='"file_path":"'"${command#write }"'","content":"x\n"' ;;
            *) tool=Bash input='"command":"'"$command"'"' ;;
          esac
          printf '{"session_id":"s","hook_event_name":"PermissionRequest","cwd":"%s","permission_mode":"default","tool_name":"%s","tool_input":{%s},"permission_suggestions":[]}' "$PWD" "$tool" "${input//\\/\\\\}" |
            tether hook claude --asks >"$PWD/${name//\//_}.answer" 2>&1 &
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
        (await sandbox.Do(["run", "claude", "-d", "--title", title, "--cols", "80", "--rows", "24", "--", "--ask", .. commands])).Trim();

    /// <summary>What it was told about a command; null while it was told nothing.</summary>
    public static JsonNode? Answer(Sandbox sandbox, string command)
    {
        var path = Path.Combine(sandbox.WorkingDirectory, command.Replace(' ', '_').Replace('/', '_') + ".answer");
        return File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } text ? JsonNode.Parse(text)!["hookSpecificOutput"]!["decision"] : null;
    }

    /// <summary>Starts it, and waits until it was told something about each command without anybody being asked; `allow` or `deny` for each.</summary>
    public static async Task<string[]> Told(Sandbox sandbox, string title, params string[] commands)
    {
        var session = await Ask(sandbox, title, commands);
        await sandbox.UntilShows(session, "all answered");
        return [.. commands.Select(command => (string)Answer(sandbox, command)!["behavior"]!)];
    }

    /// <summary>Waits until so many of its questions are open.</summary>
    public static async Task<JsonArray> UntilOpen(Sandbox sandbox, int count)
    {
        JsonArray items = [];
        await Patience.Until(
            async () =>
            {
                items = [.. (await sandbox.Ask("queue", null, "queue-list"))["items"]!.AsArray().Where(item => (string?)item!["kind"] == "approval").Select(item => item!.DeepClone())];
                return items.Count == count && items.All(IsSettled);
            },
            $"{count} questions",
            Patience.Ample);
        return items;
    }

    /// <summary>Waits until exactly these commands are asked; their items, in the same order.</summary>
    public static async Task<JsonNode[]> UntilAsks(Sandbox sandbox, params string[] commands)
    {
        JsonNode[] items = [];
        await Patience.Until(
            async () =>
            {
                items = [.. (await sandbox.Json("queue", "--json")).AsArray().Where(item => (string?)item!["kind"] == "approval").Select(item => item!)];
                return items.All(IsSettled) && items.Select(CommandOf).Order(StringComparer.Ordinal).SequenceEqual(commands.Order(StringComparer.Ordinal));
            },
            $"questions for {string.Join(", ", commands)}",
            Patience.Ample);
        return [.. commands.Select(command => items.First(item => CommandOf(item) == command))];
    }

    // What a rule is about to answer stands in the queue too, for a moment.
    private static bool IsSettled(JsonNode? item) => (string?)item!["state"] == "open";

    private static string? CommandOf(JsonNode item) => (string?)item["command"] ?? $"write {(string?)item["edits"]![0]!["path"]}";
}
