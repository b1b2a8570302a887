using System.Text.Json.Nodes;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Mcp;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Server.Mcp;

public sealed class McpModuleTests
{
    private static readonly McpTool Echo = new()
    {
        Name = "echo",
        Description = "Says it again.",
        Scope = ApiScope.Observe,
        Parameters = [new McpParameter("text", "string", "What to say.", IsRequired: true), new McpParameter("times", "integer", "How often.") { Least = 1, Most = 3 }],
        IsReadOnly = true,
        Call = async call =>
        {
            await call.Progress(1, "half");
            return new JsonObject { ["said"] = string.Concat(Enumerable.Repeat(call.Text("text"), (int)call.Number("times", 1))), ["by"] = call.Caller.Name };
        },
    };

    private static readonly McpTool Risky = Echo with { Name = "risky", Scope = ApiScope.Admin, Call = _ => throw new ApiError(409, ApiError.InvalidState, "not now") };

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task It_agrees_on_the_clients_version_and_says_who_it_is(string version)
    {
        var reply = await Client(ApiScope.Observe).AskAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = version,
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "c", ["version"] = "1" },
        });
        var result = reply["result"]!;
        Assert.Equal(version, result["protocolVersion"]!.GetValue<string>());
        Assert.Equal("tether", result["serverInfo"]!["name"]!.GetValue<string>());
        Assert.Equal("1.2.3", result["serverInfo"]!["version"]!.GetValue<string>());
        Assert.NotNull(result["capabilities"]!["tools"]);
        Assert.NotNull(result["capabilities"]!["resources"]);
    }

    [Fact]
    public async Task A_notification_is_taken_without_an_answer() =>
        Assert.Empty(await Client(ApiScope.Observe).PostAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notifications/initialized" }));

    [Fact]
    public async Task Only_tools_that_the_token_is_good_for_are_listed_and_may_be_called()
    {
        var client = Client(ApiScope.Observe);
        var tools = (await client.AskAsync("tools/list", []))["result"]!["tools"]!.AsArray();
        Assert.Equal("echo", Assert.Single(tools)!["name"]!.GetValue<string>());
        var schema = tools[0]!["inputSchema"]!;
        Assert.Equal("object", schema["type"]!.GetValue<string>());
        Assert.Equal("text", Assert.Single(schema["required"]!.AsArray())!.GetValue<string>());
        Assert.Equal(3, schema["properties"]!["times"]!["maximum"]!.GetValue<double>());
        Assert.True(tools[0]!["annotations"]!["readOnlyHint"]!.GetValue<bool>());
        var refused = await client.AskAsync("tools/call", new JsonObject { ["name"] = "risky", ["arguments"] = new JsonObject() });
        Assert.Contains("no tool “risky” for this token", refused["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(2, (await Client(ApiScope.Admin).AskAsync("tools/list", []))["result"]!["tools"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_call_returns_text_and_structure_and_tells_progress_to_who_asked_for_it()
    {
        var client = Client(ApiScope.Observe);
        var result = await client.CallAsync("echo", new JsonObject { ["text"] = "ab", ["times"] = 2 });
        Assert.Equal("abab", result["structuredContent"]!["said"]!.GetValue<string>());
        Assert.Equal("test", JsonNode.Parse(result["content"]![0]!["text"]!.GetValue<string>())!["by"]!.GetValue<string>());
        var told = await client.PostAsync(new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 9,
            ["method"] = "tools/call",
            ["params"] = new JsonObject { ["name"] = "echo", ["arguments"] = new JsonObject { ["text"] = "x" }, ["_meta"] = new JsonObject { ["progressToken"] = "p" } },
        });
        Assert.Equal(["notifications/progress", null], told.Select(message => message["method"]?.GetValue<string>()));
    }

    [Theory]
    [InlineData("""{}""", "echo wants text")]
    [InlineData("""{"text":null}""", "echo wants text")]
    [InlineData("""{"text":5}""", "text: 5 is not a string")]
    [InlineData("""{"text":"a","times":4}""", "times: 4 is not a number from 1 to 3")]
    [InlineData("""{"text":"a","times":1.5}""", "times: 1.5 is not a number from 1 to 3")]
    [InlineData("""{"text":"a","colour":"red"}""", "echo has no parameter “colour”")]
    public async Task Arguments_that_do_not_fit_are_an_error_that_the_model_can_read(string arguments, string message)
    {
        var result = await Client(ApiScope.Observe).CallAsync("echo", (JsonObject)JsonNode.Parse(arguments)!);
        Assert.True(result["isError"]!.GetValue<bool>());
        Assert.Contains(message, result["content"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_the_daemon_is_an_error_with_its_code()
    {
        var result = await Client(ApiScope.Admin).CallAsync("risky", new JsonObject { ["text"] = "x" });
        Assert.Equal("INVALID_STATE: not now", result["content"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_does_not_exist_is_said_so()
    {
        var client = Client(ApiScope.Observe);
        Assert.NotNull((await client.AskAsync("prompts/list", []))["error"]);
        Assert.Contains("no resource", (await client.AskAsync("resources/read", new JsonObject { ["uri"] = "file:///etc/passwd" }))["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("no session nope", (await client.AskAsync("resources/read", new JsonObject { ["uri"] = "tether://sessions/nope" }))["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static McpConversation Client(ApiScope scopes) => new([Echo, Risky], new NoSessions(), scopes);

    private sealed class NoSessions : IApiAsks
    {
        public Task<TReply> AskAsync<TReply>(ApiCaller caller, Request request, CancellationToken stop)
            where TReply : Reply => Task.FromResult((TReply)(Reply)new SessionsReply { Sessions = [] });
    }
}
