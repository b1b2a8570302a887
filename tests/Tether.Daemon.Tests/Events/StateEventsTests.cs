using System.Text.Json;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Events;

public sealed class StateEventsTests
{
    private static readonly string[] Members = ["state", "status", "message"];

    private readonly FakeEventLog _log = new();
    private readonly StateEvents _states;

    public StateEventsTests() => _states = new StateEvents(_log, TimeProvider.System);

    [Fact]
    public void A_state_is_told_once_until_it_is_another()
    {
        _states.Changed(Session(AgentState.Starting));
        _states.Changed(Session(AgentState.Starting) with { Title = "renamed" });
        _states.Changed(Session(AgentState.Working));
        _states.Changed(Session(AgentState.NeedsApproval, "approve Bash: ls"));
        _states.Changed(Session(AgentState.Done) with { State = SessionState.Exited, EndReason = "stopped by me" });
        Assert.Equal(
            ["CREATED starting ", "RUNNING working ", "RUNNING needs-approval approve Bash: ls", "EXITED exited stopped by me"],
            _log.Of("s").Select(Told));
    }

    [Fact]
    public void What_an_earlier_daemon_told_is_not_told_again()
    {
        _states.Know(Session(AgentState.Waiting));
        _states.Changed(Session(AgentState.Waiting));
        Assert.Empty(_log.Of("s"));
        _states.Changed(Session(AgentState.Working));
        Assert.Single(_log.Of("s"));
    }

    [Theory]
    [InlineData(AgentState.Unknown, "RUNNING")]
    [InlineData(AgentState.NeedsAnswer, "RUNNING")]
    [InlineData(AgentState.Waiting, "AWAITING_INPUT")]
    [InlineData(AgentState.Done, "AWAITING_INPUT")]
    [InlineData(AgentState.LimitReached, "AWAITING_INPUT")]
    [InlineData(AgentState.LoginNeeded, "AWAITING_INPUT")]
    [InlineData(AgentState.Failed, "ERROR")]
    public void Each_state_has_a_name_of_the_older_api(AgentState state, string name) => Assert.Equal(name, SessionStates.Of(Session(state)));

    [Fact]
    public void Without_an_agent_a_program_runs_and_an_external_session_is_only_created()
    {
        var session = Session(AgentState.Unknown) with { Status = null };
        Assert.Equal("RUNNING", SessionStates.Of(session));
        Assert.Equal("CREATED", SessionStates.Of(session with { External = new ExternalAgent { Name = "mine" } }));
        Assert.Equal("LOST", SessionStates.Of(session with { State = SessionState.Lost }));
    }

    private static SessionRecord Session(AgentState state, string detail = "") => new()
    {
        Id = "s",
        Title = "s",
        Provider = "claude",
        Directory = "/",
        Status = new AgentStatus { State = state, Since = DateTimeOffset.UnixEpoch, Source = SignalSource.Hook, Rule = "test", Detail = detail },
    };

    private static string Told(LoggedEvent happened)
    {
        Assert.Equal("session_state", happened.Type);
        using var document = JsonDocument.Parse(happened.Data);
        return string.Join(' ', Members.Select(name => document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : ""));
    }
}
