using System.Text.Json;
using Tether.Daemon.Agents.OpenCode;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.OpenCode;

public sealed class OpenCodeActivityTests
{
    private readonly OpenCodeActivity _activity = new(AgentState.Unknown);

    [Fact]
    public void A_turn_begins_waits_works_and_is_done()
    {
        Assert.Equal(AgentState.Waiting, State());
        Take("session.status", """{"sessionID":"ses_1","status":{"type":"busy"}}""");
        Assert.Equal(AgentState.Working, State());
        Take("session.idle", """{"sessionID":"ses_1"}""");
        Assert.Equal(AgentState.Done, State());
    }

    [Theory]
    [InlineData("""{"name":"MessageAbortedError","data":{"message":"Aborted"}}""", AgentState.Waiting)]
    [InlineData("""{"name":"ProviderAuthError","data":{"message":"no key"}}""", AgentState.LoginNeeded)]
    [InlineData("""{"name":"APIError","data":{"message":"slow down","statusCode":429}}""", AgentState.LimitReached)]
    [InlineData("""{"name":"UnknownError","data":{"message":"it broke"}}""", AgentState.Failed)]
    public void A_turn_that_ends_with_an_error_says_which(string error, AgentState state)
    {
        Take("session.status", """{"sessionID":"ses_1","status":{"type":"busy"}}""");
        Take("session.error", $$"""{"sessionID":"ses_1","error":{{error}}}""");
        Assert.Equal(AgentState.Working, State());
        Take("session.idle", """{"sessionID":"ses_1"}""");
        Assert.Equal(state, State());
    }

    [Fact]
    public void An_error_of_a_sub_agent_is_its_own_affair()
    {
        Take("session.created", """{"sessionID":"ses_2","info":{"id":"ses_2","parentID":"ses_1","title":"look (@general subagent)"}}""");
        Take("session.error", """{"sessionID":"ses_2","error":{"name":"UnknownError"}}""");
        Assert.Equal(AgentState.Waiting, State());
        Assert.Equal("look (@general subagent)", _activity.SubAgent("ses_2"));
    }

    [Fact]
    public void A_limit_says_until_when()
    {
        Take("session.status", """{"sessionID":"ses_1","status":{"type":"retry","attempt":1,"message":"Rate limit exceeded","next":1800000000000}}""");
        var signal = _activity.Signal([], DateTimeOffset.UnixEpoch);
        Assert.Equal((AgentState.LimitReached, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000)), (signal.State, signal.Until));
    }

    [Fact]
    public void Another_try_is_work() =>
        Assert.Equal(AgentState.Working, After("""{"sessionID":"ses_1","status":{"type":"retry","attempt":1,"message":"Unable to connect","next":1}}"""));

    [Fact]
    public void An_end_that_was_known_before_is_not_forgotten() =>
        Assert.Equal(AgentState.Done, new OpenCodeActivity(AgentState.Done).Signal([], DateTimeOffset.UnixEpoch).State);

    private AgentState After(string status)
    {
        Take("session.status", status);
        return State();
    }

    private AgentState State() => _activity.Signal([], DateTimeOffset.UnixEpoch).State;

    private void Take(string type, string properties) => _activity.Take(type, JsonSerializer.Deserialize<JsonElement>(properties));
}
