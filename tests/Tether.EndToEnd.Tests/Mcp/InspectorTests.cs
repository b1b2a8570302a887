using System.Text.Json.Nodes;
using Tether.EndToEnd.Tests.Api;
using Tether.Testing.Agents;

namespace Tether.EndToEnd.Tests.Mcp;

/// <summary>The command line of MCP's own inspector, over pipes and over HTTP.</summary>
public sealed class InspectorTests
{
    private static readonly string[] Tools =
    [
        "create_session", "send_output", "request_approval", "check_input",
        "list_sessions", "get_session_status", "get_session_output", "read_screen", "get_diff", "run_agent", "send_followup", "stop_session", "wait_for",
    ];

    [EndToEndFact("mcp-inspector")]
    public async Task It_lists_and_calls_and_reads_over_pipes()
    {
        await using var api = await ApiSandbox.Start(prepare: UsualFolders.Link);
        await ListsCallsAndReads(api, "tether-mcp", "-e", $"TETHER_API_URL=http://localhost:{api.Port}");
    }

    [EndToEndFact("mcp-inspector")]
    public async Task It_finds_this_machines_daemon_without_being_told_where_it_is()
    {
        await using var api = await ApiSandbox.Start(prepare: UsualFolders.Link);
        await ListsCallsAndReads(api, "tether-mcp");
        Assert.Single(api.Sandbox.Processes, process => process.Program == "tetherd" && !process.CommandLine.Contains("keep"));
    }

    [EndToEndFact("mcp-inspector")]
    public async Task It_lists_and_calls_and_reads_over_http()
    {
        await using var api = await ApiSandbox.Start();
        await ListsCallsAndReads(api, $"http://localhost:{api.Port}/mcp", "--transport", "http", "--header", $"Authorization: Bearer {api.Token}");
    }

    [EndToEndFact("mcp-inspector")]
    public async Task A_token_that_may_only_read_finds_no_more_tools_and_a_wrong_one_finds_none()
    {
        await using var api = await ApiSandbox.Start();
        var (_, token) = await api.NewToken(60, "observe");
        string[] server = [$"http://localhost:{api.Port}/mcp", "--transport", "http", "--header"];
        var tools = (await Ask(api, [.. server, $"Authorization: Bearer {token}", "--method", "tools/list"]))["tools"]!.AsArray();
        Assert.Equal(Tools.Except(["create_session", "send_output", "request_approval", "check_input", "run_agent", "send_followup", "stop_session"]), tools.Select(tool => (string)tool!["name"]!));

        var (status, _, errors) = await Run(api, [.. server, "Authorization: Bearer wrong", "--method", "tools/list"]);
        Assert.NotEqual(0, status);
        Assert.DoesNotContain("create_session", errors, StringComparison.Ordinal);
    }

    private static async Task ListsCallsAndReads(ApiSandbox api, params string[] server)
    {
        // Strict: it fails where a schema is not understood by all clients.
        var tools = (await Ask(api, [.. server, "--method", "tools/list", "--strict"]))["tools"]!.AsArray();
        Assert.Equal(Tools, tools.Select(tool => (string)tool!["name"]!));

        var made = (await Call("create_session", "agent_name=Inspector", "agent_type=custom", "session_name=A look"))["structuredContent"]!;
        var session = $"session_id={made["session_id"]}";
        Assert.True((bool)(await Call("send_output", session, "text=Hello from the inspector"))["structuredContent"]!["ok"]!);
        Assert.Equal("pending", (string)(await Call("request_approval", session, "title=Look?", "description=around", "wait_s=0"))["structuredContent"]!["decision"]!);
        await api.Sandbox.UntilShows((string)made["session_id"]!, "Hello from the inspector");
        Assert.Contains("Hello from the inspector", (string)(await Call("read_screen", session))["structuredContent"]!["text"]!, StringComparison.Ordinal);
        Assert.Equal("A look", (string)(await Call("list_sessions"))["structuredContent"]!["sessions"]!.AsArray().Single()!["name"]!);

        var resources = (await Ask(api, [.. server, "--method", "resources/list"]))["resources"]!.AsArray();
        Assert.Equal("tether://sessions", (string)resources.Single()!["uri"]!);
        var templates = (await Ask(api, [.. server, "--method", "resources/templates/list"]))["resourceTemplates"]!.AsArray();
        Assert.Equal(["session", "screen", "transcript"], templates.Select(template => (string)template!["name"]!));
        Assert.Contains("A look", await Read("tether://sessions"), StringComparison.Ordinal);
        Assert.Contains("Hello from the inspector", await Read($"tether://sessions/{made["session_id"]}/screen"), StringComparison.Ordinal);

        var (status, output, _) = await Run(api, [.. server, "--method", "tools/call", "--tool-name", "read_screen", "--tool-arg", "session_id=none"]);
        Assert.Contains("NOT_FOUND", output, StringComparison.Ordinal);
        Assert.NotEqual(0, status);

        Task<JsonNode> Call(string tool, params string[] arguments) =>
            Ask(api, [.. server, "--method", "tools/call", "--tool-name", tool, .. arguments.SelectMany(argument => (string[])["--tool-arg", argument])]);

        async Task<string> Read(string uri) =>
            (string)(await Ask(api, [.. server, "--method", "resources/read", "--uri", uri]))["contents"]![0]!["text"]!;
    }

    private static async Task<JsonNode> Ask(ApiSandbox api, string[] arguments)
    {
        var (status, output, errors) = await Run(api, arguments);
        Assert.True(status == 0, $"{status}: {output}{errors}");
        return JsonNode.Parse(output)!;
    }

    private static async Task<(int Status, string Output, string Errors)> Run(ApiSandbox api, string[] arguments)
    {
        using var process = Cli.Start(api.Sandbox, RealAgents.Find("mcp-inspector")!, ["--cli", .. arguments]);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience.Ample);
        return (process.ExitCode, await output, await errors);
    }
}
