using System.Diagnostics;
using System.Text.Json.Nodes;
using Tether.Testing.Models;

namespace Tether.Testing.Agents;

/// <summary>
/// The real agents, where they are installed: in `bin` of TETHER_AGENTS_DIR (see scripts/agents), or on the PATH. In a sandbox they find a home in which
/// nothing is left to ask at their start, and the model server instead of a network.
/// </summary>
public static class RealAgents
{
    private const string ClaudeKey = "sk-ant-dummy-0000000000000000000000";

    /// <summary>The folder that tests add to the PATH; null when TETHER_AGENTS_DIR is not set.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("TETHER_AGENTS_DIR") is { Length: > 0 } given ? Path.Combine(Path.GetFullPath(given), "bin") : null;

    /// <summary>Null when it is not installed.</summary>
    public static string? Find(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return folders.Prepend(Folder).OfType<string>().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Makes the sandbox's home, and its working directory as a git repository that is trusted, ready for all of them.</summary>
    public static async Task Settle(Sandbox sandbox, ModelServer model)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        ArgumentNullException.ThrowIfNull(model);
        if (Folder is { } folder)
        {
            sandbox.Set("PATH", $"{folder}:{sandbox.Environment["PATH"]}");
        }

        Write(sandbox, ".codex/config.toml", CodexConfig(model, sandbox.WorkingDirectory));
        Write(sandbox, ".claude.json", ClaudeState(sandbox.WorkingDirectory).ToJsonString());
        sandbox.Set("ANTHROPIC_BASE_URL", model.Address);
        sandbox.Set("ANTHROPIC_API_KEY", ClaudeKey);
        foreach (var quiet in (string[])["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "DISABLE_AUTOUPDATER", "DISABLE_TELEMETRY", "OPENCODE_DISABLE_AUTOUPDATE", "OPENCODE_DISABLE_MODELS_FETCH"])
        {
            sandbox.Set(quiet, "1");
        }

        // opencode keeps to the XDG folders, which are the sandbox's own.
        Directory.CreateDirectory(Path.Combine(sandbox.Directory, "config/opencode"));
        sandbox.Write("config/opencode/opencode.json", OpenCodeConfig(model).ToJsonString());
        Write(sandbox, ".pi/agent/models.json", PiModels(model).ToJsonString());
        Write(sandbox, ".pi/agent/settings.json", """{ "defaultProvider": "scripted", "defaultModel": "scripted" }""");

        using var git = Process.Start(new ProcessStartInfo("git", ["init", "--quiet", sandbox.WorkingDirectory]))!;
        await git.WaitForExitAsync().WaitAsync(Patience.Usual);
    }

    private static void Write(Sandbox sandbox, string path, string text)
    {
        var full = Path.Combine(sandbox.Environment["HOME"], path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private static string CodexConfig(ModelServer model, string directory) => $"""
        model = "gpt-5.5"
        model_provider = "scripted"
        check_for_update_on_startup = false
        approval_policy = "on-request"
        sandbox_mode = "workspace-write"
        [model_providers.scripted]
        name = "Scripted"
        base_url = "{model.Address}/v1"
        wire_api = "responses"
        [analytics]
        enabled = false
        [features]
        daemon_auto_start = false
        [tui]
        screen_reader_detection_done = true
        [notice.model_migrations]
        "gpt-5.5" = "gpt-6-sol"
        [projects."{directory}"]
        trust_level = "trusted"

        """;

    private static JsonObject ClaudeState(string directory) => new()
    {
        ["hasCompletedOnboarding"] = true,
        ["theme"] = "dark",
        ["numStartups"] = 5,
        ["autoUpdates"] = false,
        ["fullscreenUpsellSeenCount"] = 99,
        ["customApiKeyResponses"] = new JsonObject { ["approved"] = new JsonArray(ClaudeKey[^20..]), ["rejected"] = new JsonArray() },
        ["projects"] = new JsonObject { [directory] = new JsonObject { ["hasTrustDialogAccepted"] = true, ["hasCompletedProjectOnboarding"] = true } },
    };

    private static JsonObject OpenCodeConfig(ModelServer model) => new()
    {
        ["autoupdate"] = false,
        ["share"] = "disabled",
        ["model"] = "scripted/scripted",
        ["small_model"] = "scripted/scripted",
        ["provider"] = new JsonObject
        {
            ["scripted"] = new JsonObject
            {
                ["npm"] = "@ai-sdk/openai-compatible",
                ["name"] = "Scripted",
                ["options"] = new JsonObject { ["baseURL"] = model.Address + "/v1", ["apiKey"] = "dummy" },
                ["models"] = new JsonObject
                {
                    ["scripted"] = new JsonObject { ["name"] = "Scripted", ["tool_call"] = true, ["limit"] = new JsonObject { ["context"] = 128000, ["output"] = 8192 } },
                },
            },
        },
        ["permission"] = new JsonObject { ["bash"] = "ask", ["edit"] = "ask", ["webfetch"] = "ask" },
    };

    private static JsonObject PiModels(ModelServer model) => new()
    {
        ["providers"] = new JsonObject
        {
            ["scripted"] = new JsonObject
            {
                ["baseUrl"] = model.Address + "/v1",
                ["api"] = "openai-completions",
                ["apiKey"] = "dummy",
                ["models"] = new JsonArray(new JsonObject
                {
                    ["id"] = "scripted",
                    ["name"] = "Scripted",
                    ["contextWindow"] = 128000,
                    ["maxTokens"] = 8192,
                    ["input"] = new JsonArray("text"),
                    ["reasoning"] = false,
                    ["cost"] = new JsonObject { ["input"] = 0, ["output"] = 0, ["cacheRead"] = 0, ["cacheWrite"] = 0 },
                }),
            },
        },
    };
}
