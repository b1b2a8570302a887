using Tether.Daemon.Events;
using Tether.Daemon.Sessions;
using Tether.Daemon.Storage;
using Tether.Daemon.Tests.Events;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class SessionHostTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly SessionTable _table = new();
    private readonly FakeEventLog _events = new();
    private readonly Registry _registry;
    private readonly SessionHost _host;

    public SessionHostTests()
    {
        _registry = new Registry(_scratch.File("tether.db"), new ListLogger(), TimeProvider.System);
        _registry.Load();
        _host = new SessionHost(_table, _registry, _events, _scratch.File("sessions"), TimeProvider.System);
    }

    public void Dispose()
    {
        _registry.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void The_life_of_a_session_is_logged_from_its_start_to_its_end()
    {
        var session = Session();
        _table.Remember(session);
        _host.Happened("s", "created", "claude in /");
        _host.Changed(session with { Status = Status(AgentState.Working) });
        _host.Changed(session with { Status = Status(AgentState.Working), Viewers = 1 });
        _host.Happened("s", "title", "ünï");
        _host.Ended(session with { State = SessionState.Exited, ExitCode = 0 });

        Assert.Equal(["created", "session_state", "session_state", "title", "session_state", "exited"], _events.Of("s").Select(e => e.Type));
        Assert.Equal("ünï", EventJson.TextOf(_events.Of("s")[3].Data));
        Assert.Contains("\"EXITED\"", System.Text.Encoding.UTF8.GetString(_events.Of("s")[4].Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_session_is_forgotten_and_its_end_told_once()
    {
        var told = new List<StoredEvent>();
        _host.Published = told.Add;
        _host.Happened("s", "deleted", "");
        Assert.Equal("deleted", Assert.Single(_events.Of("s")).Type);
        Assert.Equal("deleted", Assert.Single(told).Kind);
    }

    [Fact]
    public void A_new_daemon_does_not_tell_again_what_the_last_one_told()
    {
        var session = Session() with { Status = Status(AgentState.Waiting) };
        _host.Recovered(session);
        _host.Changed(session with { Viewers = 1 });
        Assert.Empty(_events.Of("s"));
        _host.Changed(session with { Status = Status(AgentState.Working) });
        Assert.Single(_events.Of("s"));
    }

    private static SessionRecord Session() => new() { Id = "s", Title = "s", Provider = "claude", Directory = "/" };

    private static AgentStatus Status(AgentState state) => new() { State = state, Since = DateTimeOffset.UnixEpoch, Source = SignalSource.Hook, Rule = "test" };
}
