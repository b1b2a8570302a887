using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Mcp;

/// <summary>The real Claude Code, Codex and opencode use the tools of both groups, and their models read what the tools return.</summary>
public sealed class McpClientTests
{
    [EndToEndTheory("claude")]
    [InlineData("stdio")]
    [InlineData("http")]
    [InlineData("local")]
    public Task Claude_is_supervised(string way) => IsSupervised("claude", way);

    [EndToEndTheory("codex")]
    [InlineData("stdio")]
    [InlineData("http")]
    [InlineData("local")]
    public Task Codex_is_supervised(string way) => IsSupervised("codex", way);

    [EndToEndTheory("claude")]
    [InlineData("stdio")]
    [InlineData("http")]
    public Task Claude_supervises_another(string way) => Supervises("claude", way);

    [EndToEndTheory("codex")]
    [InlineData("stdio")]
    [InlineData("http")]
    public Task Codex_supervises_another(string way) => Supervises("codex", way);

    [EndToEndTheory("opencode")]
    [InlineData("stdio")]
    [InlineData("http")]
    public Task OpenCode_is_supervised(string way) => IsSupervised("opencode", way);

    private static async Task IsSupervised(string agent, string way)
    {
        await using var client = await McpClient.Start(agent, way);
        var sandbox = client.Sandbox;
        using var process = client.Carry(
            """[[MCP tether create_session {"agent_name":"Deployer","agent_type":"custom","session_name":"Ship it"}]]""",
            """[[MCP tether send_output {"session_id":"<<session_id>>","text":"Hello from MCP"}]]""",
            """[[MCP tether request_approval {"session_id":"<<session_id>>","title":"Deploy?","description":"to production"}]]""",
            """[[MCP tether request_approval {"session_id":"<<session_id>>","title":"Restart?","description":"all of it","tool_name":"Bash","tool_input":{"command":"make restart"}}]]""",
            """[[MCP tether request_approval {"session_id":"<<session_id>>","title":"When?","description":"it takes a while","options":["Now","Later"]}]]""",
            """[[MCP tether check_input {"session_id":"<<session_id>>","wait_s":60}]]""",
            """[[MCP tether send_output {"session_id":"none","text":"lost"}]]""");

        await sandbox.Do("approve", await Asked(sandbox, "Deploy?"));
        var session = (await sandbox.Json("ls", "--json")).AsArray().Single()!;
        Assert.Equal(("Ship it", "Deployer"), ((string)session["title"]!, (string)session["external"]!["name"]!));
        await sandbox.UntilShows((string)session["id"]!, "Hello from MCP");
        await sandbox.Do("deny", await Asked(sandbox, "make restart"), "--reason", "not on a Friday");
        await sandbox.Do("input", (string)session["id"]!, "and now the docs");
        await sandbox.Do("answer", await Asked(sandbox, "When?"), "Later");

        var told = await client.UntilDone(process);
        Assert.Equal((string)session["id"]!, (string)told[0]["session_id"]!);
        Assert.True((bool)told[1]["ok"]!);
        Assert.Equal(("allow", true), ((string)told[2]["decision"]!, (bool)told[2]["allowed"]!));
        Assert.Equal(("deny", false, "not on a Friday"), ((string)told[3]["decision"]!, (bool)told[3]["allowed"]!, (string)told[3]["reason"]!));
        Assert.Equal("Later", (string)told[4]["choice"]!);
        Assert.Contains(told[5]["events"]!.AsArray(), one => (string)one!["type"]! == "user_input" && (string)one["data"]!["text"]! == "and now the docs");
        Assert.Contains("NOT_FOUND", (string)told[6]["text"]!, StringComparison.Ordinal);
    }

    private static async Task Supervises(string agent, string way)
    {
        await using var client = await McpClient.Start(agent, way);
        var sandbox = client.Sandbox;
        await File.WriteAllTextAsync(Path.Combine(sandbox.WorkingDirectory, "fresh.txt"), "a fresh line\n");
        using var process = client.Carry(
            "[[MCP tether list_sessions {}]]",
            $$$"""[[MCP tether run_agent {"prompt":"{{{Say("the first task is over")}}}","adapter":"{{{agent}}}","directory":"{{{sandbox.WorkingDirectory}}}","name":"worker","wait":true,"wait_timeout_s":90}]]""",
            """[[MCP tether get_session_status {"session_id":"<<session_id>>"}]]""",
            """[[MCP tether send_followup {"session_id":"<<session_id>>","text":"TEXT","wait":true,"wait_timeout_s":90}]]""".Replace("TEXT", Say("the second is too"), StringComparison.Ordinal),
            """[[MCP tether get_session_output {"session_id":"<<session_id>>"}]]""",
            """[[MCP tether read_screen {"session_id":"<<session_id>>"}]]""",
            """[[MCP tether get_diff {"session_id":"<<session_id>>"}]]""",
            """[[MCP tether wait_for {"session_id":"<<session_id>>","until":"text","pattern":"second is too","timeout_s":60}]]""",
            """[[MCP tether wait_for {"session_id":"<<session_id>>","timeout_s":60}]]""",
            """[[MCP tether stop_session {"session_id":"<<session_id>>","end":true}]]""",
            """[[MCP tether wait_for {"session_id":"<<session_id>>","until":"exit","timeout_s":60}]]""");

        var told = await client.UntilDone(process);
        Assert.Empty(told[0]["sessions"]!.AsArray());
        Assert.Equal(("worker", agent, "idle"), ((string)told[1]["name"]!, (string)told[1]["agent"]!, (string)told[1]["outcome"]!));
        Assert.Empty(told[2]["asks"]!.AsArray());
        Assert.Equal("idle", (string)told[3]["outcome"]!);
        Assert.Contains("the first task is over", (string)told[4]["transcript"]!, StringComparison.Ordinal);
        Assert.Contains("the second is too", (string)told[4]["transcript"]!, StringComparison.Ordinal);
        Assert.Contains("the second is too", (string)told[5]["text"]!, StringComparison.Ordinal);
        Assert.Contains("+a fresh line", (string)told[6]["diff"]!, StringComparison.Ordinal);
        Assert.Equal(["text", "idle"], told[7..9].Select(one => (string)one["outcome"]!));
        Assert.Equal("exit", (string)told[10]["outcome"]!);
        Assert.Equal("exited", await sandbox.StateOf((string)told[10]["session_id"]!));
    }

    // A script within a script: its brackets are JSON's.
    private static string Say(string text) => $@"please \u005b\u005bSAY {text}\u005d\u005d";

    private static async Task<string> Asked(Sandbox sandbox, string what)
    {
        JsonNode? item = null;
        await Patience.Until(async () => (item = (await sandbox.Json("queue", "--json")).AsArray().FirstOrDefault(Is)) is not null, $"the question “{what}”", McpClient.Patience);
        return (string)item!["id"]!;

        bool Is(JsonNode? one) => ((string?)one!["command"] ?? (string?)one["title"])?.Contains(what, StringComparison.Ordinal) == true;
    }
}
