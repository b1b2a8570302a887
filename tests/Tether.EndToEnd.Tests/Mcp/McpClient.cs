using System.Diagnostics;
using System.Text.Json.Nodes;
using Tether.EndToEnd.Tests.Api;
using Tether.Testing.Agents;
using Tether.Testing.Models;

namespace Tether.EndToEnd.Tests.Mcp;

/// <summary>A real agent that is a client of Tether's MCP server, set up as docs/mcp.md says, with the model server behind it.</summary>
internal sealed class McpClient : IAsyncDisposable
{
    // Nobody else's prompt begins so.
    private const string Opening = "conduct";

    /// <summary>An agent's start, and all that it does then, on a machine that does much else: nearly the time that a test has.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(100);

    private readonly ModelServer _model;
    private readonly string _agent;

    private readonly string _way;

    private McpClient(ApiSandbox api, ModelServer model, string agent, string way) => (Api, _model, _agent, _way) = (api, model, agent, way);

    public ApiSandbox Api { get; }

    public Sandbox Sandbox => Api.Sandbox;

    /// <param name="agent">`claude`, `codex` or `opencode`.</param>
    /// <param name="way">`local`: the client starts `tether-mcp`; `stdio`: and names the daemon's address; `http`: it is the address itself.</param>
    public static async Task<McpClient> Start(string agent, string way)
    {
        var model = await ModelServer.Start();
        var sandbox = new Sandbox();
        await RealAgents.Settle(sandbox, model);
        UsualFolders.Link(sandbox);
        KeepClaudesLogin(sandbox);
        var api = await ApiSandbox.Start(sandbox, $"TETHER_AGENT_DIRECTORIES={sandbox.WorkingDirectory}");
        sandbox.Write("mcp.json", ClaudeServer(way, api));
        if (agent == "opencode")
        {
            AddToOpenCode(sandbox, OpenCodeServer(way, api));
        }

        if (way == "http")
        {
            sandbox.Set("TETHER_AGENT_TOKEN", api.Token);
        }

        return new McpClient(api, model, agent, way);
    }

    /// <summary>Gives the agent these calls to make, one after the other.</summary>
    public Process Carry(params string[] calls)
    {
        var prompt = $"{Opening} {string.Join(' ', calls)} [[SAY all is done]]";
        string[] arguments = _agent switch
        {
            "codex" => ["exec", "-c", "approval_policy=\"never\"", "-c", CodexServer(_way, Api.Port), "-s", "workspace-write", prompt],
            "opencode" => ["run"],
            _ => ["-p", "--mcp-config", Path.Combine(Sandbox.Directory, "mcp.json"), "--allowedTools", "mcp__tether__*", "--", prompt],
        };
        var process = Cli.Start(Sandbox, RealAgents.Find(_agent)!, arguments);
        if (_agent == "opencode")
        {
            // Of an argument it would write the quotes in another way.
            process.StandardInput.Write(prompt);
        }

        process.StandardInput.Close();
        return process;
    }

    /// <summary>Waits until the agent has made all its calls; what the model was given back for each.</summary>
    public async Task<JsonObject[]> UntilDone(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True((await output).Contains("all is done", StringComparison.Ordinal), await output + await errors);
        return [.. _model.Requests.Last(request => request.Says(Opening)).ToolResults.Select(Read)];
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await _model.DisposeAsync();
    }

    // Codex puts a line with the time before it. What is no JSON is an error's text.
    private static JsonObject Read(string result)
    {
        var start = result.StartsWith("Wall time", StringComparison.Ordinal) ? result.IndexOf("Output:\n", StringComparison.Ordinal) + "Output:\n".Length : 0;
        return result.AsSpan(start).StartsWith("{") ? (JsonObject)JsonNode.Parse(result[start..])! : new JsonObject { ["text"] = result };
    }

    // What the daemon starts for a caller of the API has nobody's environment.
    private static void KeepClaudesLogin(Sandbox sandbox)
    {
        var variables = sandbox.Environment.Where(pair => pair.Key.StartsWith("ANTHROPIC_", StringComparison.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value));
        var folder = Directory.CreateDirectory(Path.Combine(sandbox.Environment["HOME"], ".claude")).FullName;
        File.WriteAllText(Path.Combine(folder, "settings.json"), new JsonObject { ["env"] = new JsonObject(variables) }.ToJsonString());
    }

    private static string ClaudeServer(string way, ApiSandbox api)
    {
        var server = way switch
        {
            "http" => new JsonObject { ["type"] = "http", ["url"] = $"http://localhost:{api.Port}/mcp", ["headers"] = new JsonObject { ["Authorization"] = $"Bearer {api.Token}" } },
            "stdio" => new JsonObject { ["command"] = "tether-mcp", ["env"] = new JsonObject { ["TETHER_API_URL"] = $"http://localhost:{api.Port}" } },
            _ => new JsonObject { ["command"] = "tether-mcp" },
        };
        return new JsonObject { ["mcpServers"] = new JsonObject { ["tether"] = server } }.ToJsonString();
    }

    private static JsonObject OpenCodeServer(string way, ApiSandbox api) => way switch
    {
        "http" => new JsonObject { ["type"] = "remote", ["url"] = $"http://localhost:{api.Port}/mcp", ["headers"] = new JsonObject { ["Authorization"] = $"Bearer {api.Token}" } },
        "stdio" => new JsonObject { ["type"] = "local", ["command"] = new JsonArray("tether-mcp"), ["environment"] = new JsonObject { ["TETHER_API_URL"] = $"http://localhost:{api.Port}" } },
        _ => new JsonObject { ["type"] = "local", ["command"] = new JsonArray("tether-mcp") },
    };

    private static void AddToOpenCode(Sandbox sandbox, JsonObject server)
    {
        var file = Path.Combine(sandbox.Environment["XDG_CONFIG_HOME"], "opencode/opencode.json");
        var config = JsonNode.Parse(File.ReadAllText(file))!;
        config["mcp"] = new JsonObject { ["tether"] = server };
        File.WriteAllText(file, config.ToJsonString());
    }

    // On the command line and not in its file: an agent that this one starts is a client of nothing.
    private static string CodexServer(string way, int port)
    {
        var server = way switch
        {
            "http" => $"url = \"http://localhost:{port}/mcp\", bearer_token_env_var = \"TETHER_AGENT_TOKEN\"",
            "stdio" => $"command = \"tether-mcp\", env = {{ TETHER_API_URL = \"http://localhost:{port}\" }}",
            _ => "command = \"tether-mcp\"",
        };

        // It may call every tool unasked, and its first turn waits until the tools are there.
        return $"mcp_servers.tether={{ {server}, tool_timeout_sec = 3600, default_tools_approval_mode = \"approve\", required = true }}";
    }
}
