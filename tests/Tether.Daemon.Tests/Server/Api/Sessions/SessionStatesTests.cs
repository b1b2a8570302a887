using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.Sessions;

public sealed class SessionStatesTests
{
    [Theory]
    [InlineData(SessionState.Running, null, false, "RUNNING", null)]
    [InlineData(SessionState.Running, null, true, "CREATED", null)]
    [InlineData(SessionState.Running, AgentState.Working, true, "RUNNING", "working")]
    [InlineData(SessionState.Running, AgentState.NeedsApproval, false, "RUNNING", "needs-approval")]
    [InlineData(SessionState.Running, AgentState.Waiting, false, "AWAITING_INPUT", "waiting")]
    [InlineData(SessionState.Running, AgentState.Done, false, "AWAITING_INPUT", "done")]
    [InlineData(SessionState.Running, AgentState.Failed, false, "ERROR", "failed")]
    [InlineData(SessionState.Exited, AgentState.Working, false, "EXITED", "exited")]
    [InlineData(SessionState.Lost, null, false, "LOST", "lost")]
    public void Each_state_has_its_earlier_name(SessionState state, AgentState? agent, bool isExternal, string earlier, string? status)
    {
        var now = DateTimeOffset.UnixEpoch;
        var record = new SessionRecord
        {
            Id = "a",
            Title = "",
            Provider = "claude",
            Directory = "/",
            State = state,
            Status = agent is { } known ? new AgentStatus { State = known, Since = now, Source = SignalSource.Hook, Rule = "" } : null,
            External = isExternal ? new ExternalAgent { Name = "x" } : null,
        };
        Assert.Equal((earlier, status), (SessionStates.Of(record), SessionStates.StatusOf(record)));
    }

    [Fact]
    public void Every_agents_state_has_a_name_of_its_own()
    {
        var now = DateTimeOffset.UnixEpoch;
        var names = Enum.GetValues<AgentState>().Select(state => SessionStates.StatusOf(new SessionRecord
        {
            Id = "a", Title = "", Provider = "x", Directory = "/", Status = new AgentStatus { State = state, Since = now, Source = SignalSource.Hook, Rule = "" },
        }));
        var written = Enum.GetValues<AgentState>().Select(state => System.Text.Json.JsonSerializer.Serialize(state).Trim('"'));
        Assert.Equal(written, names);
    }
}
