using System.Text.Json.Nodes;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Mcp;
using Tether.Daemon.Tests.Events;
using Tether.Daemon.Tests.Server.Api.Events;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Server.Mcp;

public sealed class SelfToolsTests
{
    private readonly FakeEventLog _log = new();
    private readonly FakeExternalAgents _agents;
    private readonly McpConversation _client;

    public SelfToolsTests()
    {
        _agents = new FakeExternalAgents(_log);
        _client = new McpConversation(new SelfTools(_agents, _log, TimeProvider.System).All, new Nobody(), ApiScope.Input);
    }

    [Fact]
    public async Task A_decision_is_told_with_its_reason_as_the_tool_promises()
    {
        _agents.Decide("""{"request_id":"ask1","resolved_by":"user","allowed":false,"decision":"deny","message":"not today","by":"ann"}""");
        var told = (await Ask())["structuredContent"]!;
        Assert.Equal(["decision", "allowed", "reason", "request_id", "resolved_by", "by"], told.AsObject().Select(member => member.Key));
        Assert.Equal(("deny", "not today"), ((string)told["decision"]!, (string)told["reason"]!));
    }

    [Fact]
    public async Task An_option_is_told_as_the_choice()
    {
        _agents.Decide("""{"request_id":"ask1","resolved_by":"user","allowed":true,"decision":"answer","message":"","answers":[["Later"]]}""");
        Assert.Equal("Later", (string)(await Ask())["structuredContent"]!["choice"]!);
    }

    [Fact]
    public async Task A_number_below_its_least_is_refused_in_words()
    {
        var refused = await _client.CallAsync("check_input", new JsonObject { ["session_id"] = "s1", ["since_seq"] = -1 });
        Assert.Contains("since_seq: -1 is not an integer from 0", (string)refused["content"]![0]!["text"]!, StringComparison.Ordinal);
    }

    private Task<JsonNode> Ask() => _client.CallAsync("request_approval", new JsonObject { ["session_id"] = "s1", ["title"] = "Deploy?", ["description"] = "now" });

    private sealed class Nobody : IApiAsks
    {
        public Task<TReply> AskAsync<TReply>(ApiCaller caller, Request request, CancellationToken stop)
            where TReply : Reply => throw new InvalidOperationException("nothing is asked");
    }
}
