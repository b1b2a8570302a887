using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class LentTerminalTests : IDisposable
{
    private readonly SessionRig _rig = new();
    private readonly PtyPair _window = new();
    private readonly FakeConnection _ann = new("ann");
    private readonly FakeConnection _bob = new("bob");

    public void Dispose()
    {
        _rig.Dispose();
        _window.Dispose();
    }

    [Fact]
    public void What_the_program_prints_stands_in_the_window_and_what_is_typed_reaches_the_program()
    {
        _rig.Lend(_ann, _window);
        _rig.Program.Print("hello");
        Assert.Contains("hello", _window.ReadScreenUntil("hello"));

        _window.Type("keys\u0003\u001a");
        Assert.Equal("keys\u0003\u001a"u8, _rig.Program.ReadInput(6));
    }

    [Fact]
    public void Queries_are_answered_once_and_never_reach_the_window()
    {
        _rig.Lend(_ann, _window);
        _window.ReadScreenUntil("\e[?2026l");
        _rig.Program.Print("a\e[6nb");

        Assert.Equal("ab", _window.ReadScreenUntil("b"));
        Assert.Equal("\e[1;2R", _rig.Program.ReadInputUntil("R"));
        Assert.Equal("", _rig.Program.Drain(screen: false));
    }

    [Fact]
    public void The_chord_stops_the_window_and_what_was_typed_before_it_counts()
    {
        var lent = _rig.Lend(_ann, _window);
        _window.ReadScreenUntil("\e[?2026l");
        _window.Type("ab\u001drest");

        var chord = _ann.Next<ChordNotice>();
        Assert.Equal((lent.Channel, "rest"), (chord.Channel, System.Text.Encoding.UTF8.GetString(chord.Rest)));
        Assert.Equal("ab"u8, _rig.Program.ReadInput(2));

        _rig.Print("unseen");
        _window.Type("menu");
        _rig.Do(() => { });
        Assert.Equal("", _window.Drain(screen: true));
        Assert.Equal("", _rig.Program.Drain(screen: false));
        Assert.Equal("menu", _window.Drain(screen: false));
    }

    [Fact]
    public void A_window_that_was_not_asked_before_is_asked_behind_the_first_screen_and_its_answers_are_not_typed()
    {
        _rig.Program.Print("hello\e[?2031h");
        _rig.AwaitScreen("hello");
        var lent = _rig.Lend(_ann, _window, asksColors: true);
        var screen = _window.ReadScreenUntil("\e[c");
        Assert.True(screen.IndexOf("hello", StringComparison.Ordinal) < screen.IndexOf("\e]11;?", StringComparison.Ordinal));

        _window.Type("a\e]10;rgb:01/02/03\a\e]11;rgb:f0/f0/f0\ab\e[?62cc");
        var answered = _ann.Next<ColorsAnsweredNotice>();
        Assert.Equal((lent.Channel, 0xf0f0f0), (answered.Channel, answered.Colors![1]));
        Assert.Equal("\e[?997;2nabc", _rig.Program.ReadInputUntil("c"));

        _rig.Program.Print("\e]11;?\a");
        Assert.Equal("\e]11;rgb:f0f0/f0f0/f0f0\a", _rig.Program.ReadInputUntil("\a"));
    }

    [Fact]
    public void An_escape_key_passes_although_the_window_still_owes_answers()
    {
        _rig.Lend(_ann, _window, asksColors: true);
        _window.ReadScreenUntil("\e[c");
        _window.Type("\e");
        Assert.Equal("\e"u8, _rig.Program.ReadInput(1));
    }

    [Fact]
    public void A_window_that_reports_another_colour_scheme_is_asked_again_before_the_program_hears()
    {
        _rig.Print("\e[?2031h");
        _rig.Lend(_ann, _window);
        _window.ReadScreenUntil("\e[?2026l");
        _window.Type("x\e[?997;2n");
        _window.ReadScreenUntil("\e[c");
        Assert.Equal("x"u8, _rig.Program.ReadInput(1));
        Assert.Equal("", _rig.Program.Drain(screen: false));
        _window.Type("\e]10;rgb:0/0/0\a\e]11;rgb:f/f/f\a\e[?62c");
        Assert.Equal("\e[?997;2n", _rig.Program.ReadInputUntil("n"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_the_menu_the_window_shows_what_was_printed_meanwhile(bool redraw)
    {
        var lent = _rig.Lend(_ann, _window);
        _window.ReadScreenUntil("\e[?2026l");
        _window.Type("\u001d");
        _ann.Next<ChordNotice>();
        _rig.Print("meanwhile");
        _rig.Attachments.Resume(_ann, new ResumeRequest { Channel = lent.Channel, Redraw = redraw, Input = [0x1d] });

        Assert.Contains("meanwhile", _window.ReadScreenUntil("meanwhile"));
        Assert.Equal([0x1d], _rig.Program.ReadInput(1));
        _window.Type("x");
        Assert.Equal("x"u8, _rig.Program.ReadInput(1));
    }

    [Fact]
    public void A_window_that_is_not_read_delays_nobody_and_shows_the_right_screen_afterwards()
    {
        _rig.Lend(_ann, _window);
        _rig.Attach(_bob, AttachMode.Observe);
        for (var line = 0; line < 20_000; line++)
        {
            _rig.Program.Print($"line {line}\r\n");
        }

        _rig.Program.Print("done");
        _rig.AwaitScreen("done");
        Assert.Contains("line 19999", _window.ReadScreenUntil("done"));
    }

    [Fact]
    public void Detaching_gives_the_terminal_back_with_its_reset()
    {
        var lent = _rig.Lend(_ann, _window);
        _rig.Print("\e[?1000h\e[?2004h");
        _window.ReadScreenUntil("\e[?2004h");
        _rig.Attachments.Detach(_ann, new DetachRequest { Id = 7, Channel = lent.Channel });

        Assert.Equal(7, _ann.Next<OkReply>().Re);
        Assert.Contains("\e[?2004l", _window.Drain(screen: true));
        _window.Type("mine");
        Assert.Equal("mine"u8, _window.ReadInput(4));
    }

    [Fact]
    public void A_killed_client_gets_its_settings_restored()
    {
        _window.SetFlags(0x500, 0x5, 0x8a3b);
        var settings = _window.Settings();
        _window.SetFlags(0, 0, 0);
        _rig.Lend(_ann, _window, settings: settings);
        _rig.Attachments.Closed(_ann);
        _rig.Do(() => { });

        Assert.Equal(settings, _window.Settings());
    }

    [Fact]
    public void Settings_that_somebody_else_has_changed_since_are_left_alone()
    {
        _window.SetFlags(0x500, 0x5, 0x8a3b);
        var settings = _window.Settings();
        _window.SetFlags(0, 0, 0);
        _rig.Lend(_ann, _window, settings: settings);
        _window.SetFlags(0x100, 0x1, 0x1);
        _rig.Attachments.Closed(_ann);
        _rig.Do(() => { });

        Assert.Equal((0x100u, 0x1u, 0x1u), _window.Flags);
    }

    [Fact]
    public void Losing_control_gives_the_terminal_back()
    {
        _rig.Lend(_ann, _window);
        _rig.Attach(_bob, take: true);

        Assert.Equal(("taken", "bob"), (_ann.Next<ControlNotice>() is var notice ? notice.Cause : "", notice.By));
        _rig.Do(() => { });
        _window.Type("mine");
        Assert.Equal("mine"u8, _window.ReadInput(4));
        Assert.Equal(1, _rig.Ask(() => _rig.Session.Describe()).Viewers);
    }

    [Fact]
    public void Giving_control_up_gives_the_terminal_back_too()
    {
        var lent = _rig.Lend(_ann, _window);
        _rig.Attachments.ReleaseControl(_ann, new ReleaseControlRequest { Channel = lent.Channel });

        Assert.Equal("released", _ann.Next<ControlNotice>().Cause);
        Assert.Equal(0, _rig.Ask(() => _rig.Session.Describe()).Viewers);
        _window.Type("mine");
        Assert.Equal("mine"u8, _window.ReadInput(4));
    }

    [Fact]
    public void Closing_the_menu_after_control_was_lost_is_harmless()
    {
        var lent = _rig.Lend(_ann, _window);
        _window.Type("\u001d");
        _ann.Next<ChordNotice>();
        _rig.Do(() =>
        {
            _rig.Session.TakeControl(lent, ifFree: false);
            _rig.Session.Remove(lent, isClientGone: false);
            lent.Resume(redraw: true);
            lent.Resume(redraw: false);
            lent.ContinueReading();
        });

        Assert.Equal(SessionState.Running, _rig.Ask(() => _rig.Session.Describe()).State);
    }

    [Fact]
    public void A_window_that_is_closed_while_it_is_not_read_takes_nothing_with_it()
    {
        _rig.Lend(_ann, _window);
        for (var line = 0; line < 20_000; line++)
        {
            _rig.Program.Print("0123456789\r\n");
        }

        _window.CloseMaster();
        _rig.Print("after");
        _rig.AwaitScreen("after");
        _rig.Attachments.Closed(_ann);

        Assert.Equal((SessionState.Running, 0), (_rig.Ask(() => _rig.Session.Describe()) is var record ? record.State : default, record.Viewers));
    }

    [Fact]
    public void A_window_that_is_closed_behind_the_menu_takes_nothing_with_it()
    {
        var lent = _rig.Lend(_ann, _window);
        _window.Type("\u001d");
        _ann.Next<ChordNotice>();
        _window.CloseMaster();
        _rig.Print("after");
        _rig.Attachments.Resume(_ann, new ResumeRequest { Channel = lent.Channel, Redraw = true });
        _rig.Attachments.Resume(_ann, new ResumeRequest { Channel = lent.Channel });

        Assert.Equal(SessionState.Running, _rig.Ask(() => _rig.Session.Describe()).State);
    }

    [Fact]
    public void A_blocked_window_holds_its_session_up_for_a_moment_only_when_it_is_left()
    {
        _rig.Lend(_ann, _window);
        for (var line = 0; line < 20_000; line++)
        {
            _rig.Program.Print("0123456789\r\n");
        }

        var start = TimeProvider.System.GetTimestamp();
        _rig.Attachments.Closed(_ann);
        _rig.Do(() => { });

        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, 2);
    }

    [Fact]
    public void Typing_ahead_of_a_program_that_does_not_read_waits_in_the_terminal_and_arrives_whole()
    {
        _rig.Lend(_ann, _window);

        // A thread of its own: those of the pool may all be waiting, in other tests.
        var typist = Task.Factory.StartNew(
            () => _window.Type(new string('p', PtyInput.PauseAt + 300_000) + "end"), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(SpinWait.SpinUntil(() => _rig.Ask(() => _rig.Session.IsInputBacklogged ? "yes" : "no") == "yes", SessionRig.Patience));

        Assert.Equal(PtyInput.PauseAt + 300_003, _rig.Program.ReadInputUntil("end").Length);
        typist.Ends();
    }

    [Fact]
    public void The_window_gets_the_last_output_and_its_reset_when_the_session_ends()
    {
        _rig.Lend(_ann, _window);
        _window.ReadScreenUntil("\e[?2026l");
        _rig.Program.Print("last words\e[?2004h");
        _rig.End();
        _ann.Next<ExitedNotice>();

        var screen = _window.ReadScreenUntil("\e[?2004l");
        Assert.Contains("last words", screen);
    }
}
