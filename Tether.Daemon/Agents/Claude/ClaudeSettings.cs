using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Daemon.Agents.Hooks;

namespace Tether.Daemon.Agents.Claude;

/// <summary>The settings file of one session: the person's own `--settings`, if he gave any, and our hooks beside his.</summary>
internal static class ClaudeSettings
{
    public const string FileName = "claude-settings.json";

    // A question may stand as long as a night; afterwards Claude's own dialog is the only way.
    private const int AskSeconds = 24 * 60 * 60;
    private const int ReportSeconds = 10;

    private const string Asking = "PermissionRequest";

    // As few as tell the truth, since each costs Claude a process: what begins and ends a turn, and what shows that a question is over.
    private static readonly string[] Reporting =
        ["SessionStart", "UserPromptSubmit", "PostToolUse", "PostToolUseFailure", "Stop", "StopFailure", "SubagentStop", "PreCompact", "PostCompact", "SessionEnd"];

    /// <summary>Writes the file and returns its path; null when the person's settings cannot be read, which is for Claude to say.</summary>
    public static string? Write(string folder, string? given, string directory, string tether, string[] environment)
    {
        if (Read(given, directory) is not { } settings)
        {
            return null;
        }

        if (settings["hooks"] is not (null or JsonObject))
        {
            return null;
        }

        var hooks = settings["hooks"] as JsonObject ?? [];
        settings["hooks"] = hooks;
        Add(hooks, Asking, HookLine.For(tether, ClaudeAgent.AgentName, asks: true, environment), AskSeconds);
        var report = HookLine.For(tether, ClaudeAgent.AgentName, asks: false, environment);
        foreach (var reporting in Reporting)
        {
            Add(hooks, reporting, report, ReportSeconds);
        }

        var path = Path.Combine(folder, FileName);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using var file = new StreamWriter(path, options);
        file.Write(settings.ToJsonString());
        return path;
    }

    private static void Add(JsonObject hooks, string name, string command, int seconds)
    {
        if (hooks[name] is not JsonArray list)
        {
            hooks[name] = list = [];
        }

        list.Add((JsonNode)new JsonObject
        {
            ["hooks"] = new JsonArray(new JsonObject { ["type"] = "command", ["command"] = command, ["timeout"] = seconds }),
        });
    }

    private static JsonObject? Read(string? given, string directory)
    {
        if (given is null)
        {
            return [];
        }

        try
        {
            var text = given.TrimStart().StartsWith('{') ? given : File.ReadAllText(Path.GetFullPath(given, directory));
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }
}
