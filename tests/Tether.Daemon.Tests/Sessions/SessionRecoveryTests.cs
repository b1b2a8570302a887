using Tether.Daemon.Journal;
using Tether.Daemon.Keeper;
using Tether.Daemon.Native;
using Tether.Daemon.Sessions;
using Tether.Daemon.Storage;
using Tether.Daemon.Tests.Events;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class SessionRecoveryTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly PtyPair _program = new();
    private readonly SessionTable _table = new();
    private readonly FakeHost _host;
    private readonly SessionStart _start;
    private readonly Registry _registry;
    private readonly FakeEventLog _events = new();
    private readonly List<Session> _recovered = [];
    private Func<SessionRecord, int> _openTerminal;

    public SessionRecoveryTests()
    {
        _host = new FakeHost(_table);
        _openTerminal = _ => _program.TakeMaster();
        _start = new SessionStart(
            new SessionSettings
            {
                JournalsDirectory = _scratch.File("sessions"),
                Journal = new JournalLimits(100, 1 << 20),
                StopGrace = TimeSpan.FromSeconds(1),
                Terminal = new TerminalOptions { ScrollbackRows = 100 },
            },
            _host);
        _registry = new Registry(_scratch.File("tether.db"), new ListLogger(), TimeProvider.System);
    }

    public void Dispose()
    {
        foreach (var session in _recovered)
        {
            session.Park();
            session.Over.Ends();
        }

        _registry.Dispose();
        _program.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void What_the_keeper_holds_goes_on_with_its_screen()
    {
        Leave("held");
        var session = Recover(Held("held"));

        var record = session.Ask(() => session.Describe()).Result()!;
        Assert.Equal((SessionState.Running, "before", 6), (record.State, record.LastLine, record.Offset));
        _program.Print(" after");
        Assert.True(SpinWait.SpinUntil(() => session.Ask(() => session.Describe()).Result()!.LastLine == "before after", Soon.Limit));
    }

    [Fact]
    public void What_nobody_holds_is_lost_with_the_reason_and_its_output_stays_readable()
    {
        Leave("gone");
        Assert.Empty(Run([]));

        var record = _table.FindRecord("gone")!;
        Assert.Equal((SessionState.Lost, "before", 6), (record.State, record.LastLine, record.Offset));
        Assert.NotNull(record.EndReason);
        Assert.Equal(["session_state", "lost"], _events.Of("gone").Select(happened => happened.Type));
        var emulator = _start.Reread(record);
        Assert.Equal("before", emulator.GetText(emulator.RowAt(emulator.TopRow)));
    }

    [Fact]
    public void A_session_whose_journal_cannot_be_read_goes_on_all_the_same()
    {
        Leave("held");
        var directory = _start.DirectoryOf("held");
        Directory.Delete(directory, recursive: true);
        File.WriteAllText(directory, "a file where the folder was");
        var session = Recover(Held("held"));

        _program.Print("goes on");
        Assert.True(SpinWait.SpinUntil(() => session.Ask(() => session.Describe()).Result()!.LastLine == "goes on", Soon.Limit));
        Assert.Contains(_host.Events, happened => happened.Kind == "journal-hole");
    }

    [Fact]
    public void A_program_that_ended_while_no_daemon_ran_has_ended_as_the_keeper_saw()
    {
        Leave("held");
        _program.CloseSlave();
        var session = Recover(Held("held") with { HasExited = true, ExitCode = 4 });
        var record = session.Over.Result();
        Assert.Equal((SessionState.Exited, 4), (record.State, record.ExitCode));
        _recovered.Clear();
    }

    [Fact]
    public void A_pty_has_the_size_of_the_screen_also_when_the_daemon_was_killed_between_the_two()
    {
        Leave("held", columns: 100);
        Assert.Equal(80, _program.Size.Columns);
        Recover(Held("held"));
        Assert.Equal(100, _program.Size.Columns);
    }

    [Fact]
    public void A_session_without_a_program_goes_on_with_a_new_terminal_at_the_same_offset()
    {
        Leave("agent", external: new ExternalAgent { Name = "Reviewer" });
        var session = Assert.Single(Run([]));

        var record = session.Ask(() => session.Describe()).Result()!;
        Assert.Equal((SessionState.Running, "before", 6, "Reviewer"), (record.State, record.LastLine, record.Offset, record.External?.Name));
        _program.Print(" after");
        Soon.Is(() => session.Ask(() => session.Describe()).Result() is { LastLine: "before after", Offset: 12 });
    }

    [Fact]
    public void A_session_without_a_program_for_which_there_is_no_terminal_is_lost_and_says_so()
    {
        Leave("agent", external: new ExternalAgent { Name = "Reviewer" });
        _openTerminal = _ => throw new NativeError("posix_openpt", Libc.ENOSPC);

        Assert.Empty(Run([]));

        var record = _table.FindRecord("agent")!;
        Assert.Equal((SessionState.Lost, "no terminal could be had for it"), (record.State, record.EndReason));
    }

    // A daemon printed something into a session's journal and was killed.
    private void Leave(string id, int columns = 80, ExternalAgent? external = null)
    {
        var emulator = new TerminalEmulator(new TerminalOptions { Columns = columns, Rows = 24 });
        var record = new SessionRecord
        {
            Id = id,
            Title = id,
            Provider = "shell",
            Directory = "/",
            Columns = columns,
            Rows = 24,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            External = external,
        };
        SessionFile.Write(_start.DirectoryOf(id), record);
        using var journal = SessionJournal.Create(_start.DirectoryOf(id), new JournalLimits(100, 1 << 20), emulator, 1, problem => Assert.Fail(problem));
        unsafe
        {
            "before"u8.CopyTo(new Span<byte>(journal.Reserve(out var room), room));
        }

        journal.Commit(6, 1);
    }

    private static KeeperMessage.Held Held(string id) => new(id, 0, 0, HasExited: false, null, null);

    private Session Recover(KeeperMessage.Held held) => Assert.Single(Run([held]));

    private IReadOnlyList<Session> Run(KeeperMessage.Held[] held)
    {
        var processes = held.Select(one => new HeldProcess(one, _program.TakeMaster())).ToArray();
        var sessions = new SessionRecovery(_table, _start, _registry, _events, _scratch.File("sessions"), TimeProvider.System, record => _openTerminal(record)).Recover(_registry.Load(), processes);
        foreach (var session in sessions)
        {
            _recovered.Add(session);
            session.Start();
        }

        return sessions;
    }
}
