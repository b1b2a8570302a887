using System.Text;
using Tether.Daemon.Journal;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class SessionEndTests : IDisposable
{
    private readonly SessionRig _rig = new();
    private readonly FakeConnection _ann = new("ann");

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void The_last_output_comes_before_the_end_is_told()
    {
        _rig.Attach(_ann, AttachMode.Observe);
        _rig.Program.Print("last words");
        var record = _rig.End(exitCode: 3);

        Assert.Contains("last words", _ann.ReadUntil("last words"));
        Assert.Equal((SessionState.Exited, 3), (record.State, record.ExitCode));
        Assert.Equal(record, _ann.Next<ExitedNotice>().Session);
        Assert.Equal(FrameKind.Reset, _ann.WaitingFrames()[^1].Header.Kind);
    }

    [Fact]
    public void Output_that_is_larger_than_the_pty_is_drained_before_the_end()
    {
        _rig.Program.Print(new string('x', 3000));
        Assert.Equal(3000, _rig.End().Offset);
    }

    [Fact]
    public void A_program_that_dies_with_input_unread_has_still_exited_as_it_did()
    {
        var attached = _rig.Attach(_ann);
        _rig.Attachments.Frame(_ann, new FrameHeader(FrameKind.Input, attached.Channel, 0, 0), new byte[500_000]);
        _rig.Do(() => { });

        var record = _rig.End(exitCode: null, signal: 9);

        Assert.Equal((SessionState.Exited, 9, null), (record.State, record.Signal, record.EndReason));
    }

    [Fact]
    public void A_program_that_closes_its_terminal_with_input_unread_still_runs()
    {
        var attached = _rig.Attach(_ann);
        _rig.Attachments.Frame(_ann, new FrameHeader(FrameKind.Input, attached.Channel, 0, 0), new byte[500_000]);
        _rig.Program.CloseSlave();

        var start = TimeProvider.System.GetTimestamp();
        while (!_rig.Session.Over.IsCompleted && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMilliseconds(200))
        {
            // The hang-up reaches the thread in its own time; it must go on answering.
            _rig.Session.Ask(() => _rig.Session.Describe()).Ends();
        }

        Assert.Equal(SessionState.Running, _rig.Ask(() => _rig.Session.Describe()).State);
    }

    [Fact]
    public void Who_waits_for_the_end_hears_it_once_the_record_tells_how()
    {
        var outcome = new TaskCompletionSource<(string, SessionState)>(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Do(() => _rig.Session.Waits.ForExit(
            new Waiter(wait => outcome.SetResult((wait.Outcome, _rig.Table.FindRecord(_rig.Session.Id)!.State)), () => true)));
        _rig.End();

        Assert.Equal(("exit", SessionState.Exited), outcome.Task.Result());
    }

    [Fact]
    public void Text_that_was_typed_right_before_the_end_gets_its_receipt()
    {
        var receipt = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Do(() => _rig.Session.Send(new Send
        {
            Text = "bye",
            Enter = true,
            Report = step =>
            {
                if (step.IsLast)
                {
                    receipt.SetResult(step.Receipt);
                }
            },
        }));
        _rig.End();

        Assert.Equal("unconfirmed", receipt.Task.Result());
    }

    [Fact]
    public void An_ended_session_takes_no_work_and_answers_nobody()
    {
        _rig.End();
        Assert.False(_rig.Session.Post(() => throw new InvalidOperationException("never")));
        Assert.Null(_rig.Session.Ask(() => "never").Result());
    }

    [Fact]
    public void A_client_that_leaves_while_the_session_ends_harms_nobody()
    {
        using var window = new PtyPair();
        var lent = _rig.Lend(_ann, window);
        _rig.Do(() => _rig.Session.Waits.ForExit(
            new Waiter(_ => _rig.Session.Post(() => _rig.Session.Remove(lent, isClientGone: true)), () => true)));

        Assert.Equal(SessionState.Exited, _rig.End().State);
    }

    [Fact]
    public void A_connection_forgets_the_channels_of_sessions_that_ended()
    {
        _rig.Attach(_ann);
        _rig.End();
        Assert.True(_ann.Channels.IsEmpty);
    }

    [Fact]
    public void Parking_keeps_the_session_running_and_tells_nothing_but_that()
    {
        _rig.Print("hello");
        _rig.Host.Events.Clear();
        _rig.Session.Park();
        var record = _rig.AwaitOver();

        Assert.Equal((SessionState.Running, 5), (record.State, record.Offset));
        Assert.Empty(_rig.Host.Events);
        Assert.Empty(_rig.Host.Over);
    }

    [Fact]
    public void A_parked_session_goes_on_where_it_was_with_the_same_screen()
    {
        _rig.Print("hello\r\n\e[31mwor");
        _rig.Session.Park();
        _rig.AwaitOver();
        var emulator = new Tether.Protocol.Terminal.TerminalEmulator(_rig.Settings.Terminal with { Columns = 80, Rows = 24 });

        using var journal = JournalRestore.TakeOver(_rig.JournalDirectory, _rig.Settings.Journal, emulator, 0, problem => Assert.Fail(problem));

        Assert.Equal(("hello", "wor"), (Row(emulator, 0), Row(emulator, 1)));
        Assert.Equal(15, journal.End);
    }

    [Fact]
    public void The_last_screen_can_be_read_back_from_the_journal()
    {
        _rig.Print("one\r\ntwo");
        var record = _rig.End();
        var emulator = _rig.Start.Reread(record);

        Assert.Equal(("one", "two"), (Row(emulator, 0), Row(emulator, 1)));
        Assert.Equal("two", record.LastLine);
        Assert.False(File.Exists(Path.Combine(_rig.JournalDirectory, SessionJournal.TailName)));
    }

    [Fact]
    public void A_failure_of_the_thread_ends_its_session_and_tells_everybody()
    {
        _rig.Attach(_ann, AttachMode.Observe);
        var waited = new TaskCompletionSource<WaitOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Do(() => _rig.Session.Waits.ForExit(new Waiter(waited.SetResult, () => true)));
        _rig.Session.Post(() => throw new InvalidOperationException("broken"));

        Assert.Equal(SessionState.Lost, _rig.AwaitOver().State);
        Assert.Equal(SessionState.Lost, _ann.Next<ExitedNotice>().Session.State);
        Assert.Equal("exit", waited.Task.Result().Outcome);
    }

    private static string Row(Tether.Protocol.Terminal.TerminalEmulator emulator, int row) => emulator.GetText(emulator.RowAt(emulator.TopRow + row));
}
