using System.Text;
using System.Text.Json.Nodes;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Mcp;
using Tether.Daemon.Tests.Events;
using Tether.Daemon.Tests.Server.Api.Events;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Server.Mcp;

public sealed class SteeringToolsTests
{
    private readonly FakeEventLog _log = new();
    private readonly OneSession _sessions = new();
    private readonly McpConversation _client;

    public SteeringToolsTests()
    {
        var tools = McpTools.Supervisor(_sessions, new FakeExternalAgents(_log), _log, (_, _) => Task.FromResult(""), TimeProvider.System);
        _client = new McpConversation(tools, _sessions, ApiScope.Observe | ApiScope.Input);
    }

    [Fact]
    public async Task Who_waits_behind_what_was_said_to_an_idle_agent_that_registered_hears_of_its_next_word()
    {
        await _log.AppendAsync("s1", EventTypes.Output, "{}"u8.ToArray());
        var told = _client.CallAsync("send_followup", new JsonObject { ["session_id"] = "s1", ["text"] = "go on", ["wait"] = true });
        await _log.WaitAsync("s1", 1, CancellationToken.None);
        Assert.False(told.IsCompleted);

        await _log.AppendAsync("s1", EventTypes.Output, Encoding.UTF8.GetBytes("{}"));
        Assert.Equal(("submitted", "idle"), Told(await told));
    }

    [Fact]
    public async Task Who_waits_hears_at_once_that_the_agent_asks_the_human()
    {
        _sessions.State = AgentState.NeedsApproval;
        var told = await _client.CallAsync("send_followup", new JsonObject { ["session_id"] = "s1", ["text"] = "go on", ["wait"] = true });
        Assert.Equal(("submitted", "human"), Told(told));
    }

    [Fact]
    public async Task A_wait_ends_when_its_time_is_over()
    {
        _sessions.State = AgentState.Working;
        var told = await _client.CallAsync("wait_for", new JsonObject { ["session_id"] = "s1", ["timeout_s"] = 0.01 });
        Assert.Equal("timeout", (string)told["structuredContent"]!["outcome"]!);
    }

    [Fact]
    public async Task A_session_that_is_not_there_is_told_with_what_to_do()
    {
        var told = await _client.CallAsync("stop_session", new JsonObject { ["session_id"] = "s2" });
        Assert.Contains("there is no session s2; list_sessions", (string)told["content"]![0]!["text"]!, StringComparison.Ordinal);
    }

    private static (string, string) Told(JsonNode result) => ((string)result["structuredContent"]!["receipt"]!, (string)result["structuredContent"]!["outcome"]!);

    /// <summary>A daemon with one agent that registered.</summary>
    private sealed class OneSession : IApiAsks
    {
        public AgentState State { get; set; } = AgentState.Waiting;

        public Task<TReply> AskAsync<TReply>(ApiCaller caller, Request request, CancellationToken stop)
            where TReply : Reply => request is ListRequest
            ? Task.FromResult((TReply)(Reply)new SessionsReply { Sessions = [Session()] })
            : throw new InvalidOperationException($"{request} is asked");

        private SessionRecord Session() => new()
        {
            Id = "s1",
            Title = "helper",
            Provider = "custom",
            Directory = "/",
            External = new ExternalAgent { Name = "helper" },
            Status = new AgentStatus { State = State, Since = DateTimeOffset.UnixEpoch, Source = SignalSource.Hook, Rule = "" },
        };
    }
}
