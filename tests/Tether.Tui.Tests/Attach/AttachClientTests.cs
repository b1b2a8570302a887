using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Attach;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Attach;

[Collection("one daemon at a time")]
public sealed class AttachClientTests : IDisposable
{
    private const string Chord = "\x1d";

    private readonly TestPty _terminal = new();
    private FakeDaemon _daemon = new(TestEnvironment.Socket);
    private Task<int>? _client;

    public void Dispose()
    {
        _daemon.Dispose();
        _terminal.Dispose();
    }

    [Fact]
    public void What_is_typed_reaches_the_program_and_its_output_the_terminal()
    {
        Attach();
        _daemon.Send(FakeDaemon.Frame(FrameKind.Snapshot, "the screen"));
        _terminal.See("the screen");
        _terminal.Type("ls\r\x03");
        Assert.Equal("ls\r\x03"u8.ToArray(), _daemon.Next<byte[]>());
        Detach();
    }

    [Fact]
    public void The_chord_and_d_detach_and_put_the_terminal_back()
    {
        Attach();
        Assert.False(_terminal.IsEchoing);
        Detach();
        Assert.True(_terminal.IsEchoing);
    }

    [Fact]
    public void The_chord_twice_sends_it_once()
    {
        Attach();
        _terminal.Type(Chord + Chord);
        Assert.Equal([0x1d], _daemon.Next<byte[]>());
        Detach();
    }

    [Fact]
    public void Bytes_before_the_chord_are_typed_first()
    {
        Attach();
        _terminal.Type("ab" + Chord + "r");
        Assert.Equal("ab"u8.ToArray(), _daemon.Next<byte[]>());
        Assert.Equal(5, _daemon.Next<RedrawRequest>().Channel);
        Detach();
    }

    [Fact]
    public void A_chord_inside_a_paste_is_pasted()
    {
        Attach();
        _terminal.Type($"\e[200~a{Chord}d\e[201~");
        Assert.Equal("\e[200~a\x1d" + "d\e[201~", System.Text.Encoding.UTF8.GetString(_daemon.Next<byte[]>()));
        Detach();
    }

    [Fact]
    public void The_terminal_is_asked_for_its_colours_at_the_first_screen_and_the_answers_are_told_but_not_typed()
    {
        Assert.Null(Attach().Colors);
        _daemon.Send(FakeDaemon.Frame(FrameKind.Snapshot, "the screen"));
        Assert.Contains("\e]11;?", _terminal.See("the screen"), StringComparison.Ordinal);
        _terminal.Type("ab\e]10;rgb:01/02/03\a\e]11;rgb:04/05/06\e\\\e[?62;22cc");
        Assert.Equal([0x010203, 0x040506, 0x010203], _daemon.Next<ColorsRequest>().Colors!);
        Assert.Equal("abc"u8.ToArray(), _daemon.Next<byte[]>());
        Detach();
    }

    [Fact]
    public void An_escape_key_reaches_the_program_although_the_terminal_has_not_answered()
    {
        Attach();
        _daemon.Send(FakeDaemon.Frame(FrameKind.Snapshot, "the screen"));
        _terminal.See("the screen");
        _terminal.Type("\e");
        Assert.Equal("\e"u8.ToArray(), _daemon.Next<byte[]>());
        Detach();
    }

    [Fact]
    public void An_observer_asks_its_terminal_nothing()
    {
        _daemon.Reply = request => request is AttachRequest
            ? [new AttachedReply { Re = request.Id, Channel = 5, Mode = AttachMode.Observe, Session = FakeDaemon.Session }]
            : FakeDaemon.StandardReply(request);
        Attach();
        _daemon.Send(FakeDaemon.Frame(FrameKind.Snapshot, "the screen"));
        Assert.DoesNotContain("]11;?", _terminal.See("the screen"), StringComparison.Ordinal);
        Detach();
    }

    [Fact]
    public void Answers_of_a_lent_terminal_that_come_while_the_menu_is_open_are_told_and_no_keys()
    {
        _daemon.Reply = request => request is AttachRequest
            ? [new AttachedReply { Re = request.Id, Channel = 5, Mode = AttachMode.Control, Lent = true, Session = FakeDaemon.Session }]
            : FakeDaemon.StandardReply(request);
        Attach(lends: true);
        _daemon.Send(new ChordNotice { Channel = 5 });
        _terminal.See("d detach");
        _terminal.Type("\e]10;rgb:01/02/03\a\e]11;rgb:04/05/06\a\e[?62;22c");
        Assert.Equal([0x010203, 0x040506, 0x010203], _daemon.Next<ColorsRequest>().Colors!);
        _terminal.Type("d");
        _daemon.Next<DetachRequest>();
        Assert.Equal(ExitCodes.Done, Status());
        Assert.DoesNotContain(_daemon.Received, item => item is byte[]);
    }

    [Fact]
    public void The_menu_shows_itself_and_a_repaint_takes_it_away()
    {
        Attach();
        _terminal.Type(Chord);
        _terminal.See("d detach");
        _terminal.Type(" ");
        _daemon.Next<RedrawRequest>();
        _daemon.Send(FakeDaemon.Frame(FrameKind.Output, "torn"));
        _daemon.Send(FakeDaemon.Frame(FrameKind.Snapshot, "whole"));
        Assert.DoesNotContain("torn", _terminal.See("whole"), StringComparison.Ordinal);
        Detach();
    }

    [Fact]
    public void A_message_does_not_hold_the_output_back()
    {
        Attach();
        _daemon.Send(new TextNotice { Channel = 5, Text = "the disk is full" });
        _terminal.See("the disk is full");
        _daemon.Send(FakeDaemon.Frame(FrameKind.Output, "goes on"));
        _terminal.See("goes on");
        Detach();
    }

    [Fact]
    public void A_session_that_ends_gives_its_status()
    {
        Attach();
        _daemon.Send(FakeDaemon.Frame(FrameKind.Reset, "bye"));
        _daemon.Send(new ExitedNotice { Channel = 5, Session = FakeDaemon.Session with { State = SessionState.Exited, ExitCode = 7 } });
        Assert.Equal(7, Status());
        Assert.True(_terminal.IsEchoing);
    }

    [Fact]
    public void A_session_ended_by_a_signal_gives_128_and_the_signal()
    {
        Attach();
        _daemon.Send(new ExitedNotice { Channel = 5, Session = FakeDaemon.Session with { State = SessionState.Exited, Signal = 9 } });
        Assert.Equal(137, Status());
        _terminal.See("\e[?25h");
    }

    [Fact]
    public void Who_loses_control_observes_and_waits_for_it()
    {
        Attach();
        _daemon.Reply = request => request is AttachRequest
            ? [new AttachedReply { Re = request.Id, Channel = 6, Mode = AttachMode.Observe, Session = FakeDaemon.Session }]
            : FakeDaemon.StandardReply(request);
        _daemon.Send(new ControlNotice { Channel = 5, Mode = AttachMode.Observe, Cause = "taken", By = "mallory" });
        var again = _daemon.Next<AttachRequest>();
        Assert.Equal((AttachMode.Control, false), (again.Mode, again.Take));
        _terminal.See("mallory took control");

        _terminal.Type("typed in vain" + Chord + "t");
        Assert.True(_daemon.Next<AttachRequest>().Take);
        _terminal.Type(Chord + "d");
        Assert.Equal(ExitCodes.Done, Status());
        Assert.DoesNotContain(_daemon.Received, item => item is byte[]);
    }

    [Fact]
    public void Who_wanted_control_and_may_only_see_is_told_who_has_it()
    {
        _daemon.Reply = request => request is AttachRequest
            ? [new AttachedReply { Re = request.Id, Channel = 5, Mode = AttachMode.Observe, Session = FakeDaemon.Session with { Controller = "mallory" } }]
            : FakeDaemon.StandardReply(request);
        Attach();
        _daemon.Send(FakeDaemon.Frame(FrameKind.Snapshot, "the screen"));
        _terminal.See("mallory is in control; you observe. Ctrl-] t takes it");
        Detach();
    }

    [Fact]
    public void Who_is_promoted_attaches_in_control()
    {
        _daemon.Reply = request => request is AttachRequest
            ? [new AttachedReply { Re = request.Id, Channel = 5, Mode = AttachMode.Observe, Session = FakeDaemon.Session }]
            : FakeDaemon.StandardReply(request);
        Attach();
        _daemon.Reply = FakeDaemon.StandardReply;
        _daemon.Send(new ControlNotice { Channel = 5, Mode = AttachMode.Control, Cause = "promoted" });
        Assert.Equal((AttachMode.Control, true), _daemon.Next<AttachRequest>() is var again ? (again.Mode, again.Take) : default);
        Detach();
    }

    [Fact]
    public void The_client_comes_back_when_the_daemon_does()
    {
        Attach();
        _daemon.Dispose();
        _terminal.See("reconnecting");
        _daemon = new FakeDaemon(TestEnvironment.Socket);
        Assert.True(_daemon.Next<AttachRequest>().Take);
        Detach();
    }

    [Fact]
    public void Ctrl_C_ends_the_wait_for_a_daemon()
    {
        Attach();
        _daemon.Dispose();
        _terminal.See("reconnecting");
        _terminal.Type("\x03");
        Assert.Equal(130, Status());
        Assert.True(_terminal.IsEchoing);
    }

    [Fact]
    public void Without_reconnecting_the_daemons_end_is_an_error()
    {
        Attach(reconnects: false);
        _daemon.Dispose();
        var error = Assert.Throws<AggregateException>(() => _client!.Wait(TimeSpan.FromSeconds(10))).InnerException;
        Assert.Equal(ExitCodes.NoDaemon, Assert.IsType<DaemonException>(error).ExitCode);
        Assert.True(_terminal.IsEchoing);
    }

    [Fact]
    public void A_terminal_is_lent_with_its_settings_and_the_menu_still_works()
    {
        _daemon.Reply = request => request is AttachRequest
            ? [new AttachedReply { Re = request.Id, Channel = 5, Mode = AttachMode.Control, Lent = true, Session = FakeDaemon.Session }]
            : FakeDaemon.StandardReply(request);
        var request = Attach(lends: true);
        Assert.True(request.Lend);
        Assert.Equal(0x1d, request.Chord);
        Assert.Equal(60, request.Termios!.Length);

        _daemon.Send(new ChordNotice { Channel = 5 });
        _terminal.See("d detach");
        _terminal.Type(Chord + "!");
        Assert.Equal([0x1d], _daemon.Next<byte[]>());
        Assert.Equal("!"u8.ToArray(), _daemon.Next<byte[]>());
        Assert.True(_daemon.Next<ResumeRequest>().Redraw);

        _daemon.Send(new ChordNotice { Channel = 5, Rest = "d"u8.ToArray() });
        _daemon.Next<DetachRequest>();
        Assert.Equal(ExitCodes.Done, Status());
    }

    [Fact]
    public void A_terminal_that_cannot_be_lent_is_relayed()
    {
        _daemon.Reply = request => request is AttachRequest { Lend: true }
            ? [new ErrorReply { Re = request.Id, Code = ErrorCode.CannotLend, Message = "no" }]
            : FakeDaemon.StandardReply(request);
        Attach(lends: true);
        Assert.False(_daemon.Next<AttachRequest>().Lend);
        Detach();
    }

    [Fact]
    public void An_unknown_session_leaves_the_terminal_as_it_was()
    {
        _daemon.Reply = request => request is AttachRequest
            ? [new ErrorReply { Re = request.Id, Code = ErrorCode.UnknownSession, Message = "no such session" }]
            : FakeDaemon.StandardReply(request);
        Attach();
        var error = Assert.Throws<AggregateException>(() => _client!.Wait(TimeSpan.FromSeconds(10))).InnerException;
        Assert.Equal(ExitCodes.NoSession, Assert.IsType<DaemonException>(error).ExitCode);
        Assert.True(_terminal.IsEchoing);
    }

    // The client's request to attach.
    private AttachRequest Attach(bool lends = false, bool reconnects = true)
    {
        var settings = new AttachSettings { Chord = EscapeChord.Default, Lends = lends, Reconnects = reconnects };
        _client = Task.Factory.StartNew(
            () => AttachClient.Run(Connector.OpenClient(), new AttachPlan("test"), settings, _terminal.Device), TaskCreationOptions.LongRunning);
        return _daemon.Next<AttachRequest>();
    }

    private void Detach()
    {
        _daemon.Reply = request => request is DetachRequest
            ? [FakeDaemon.Frame(FrameKind.Reset, "put back"), new OkReply { Re = request.Id }]
            : FakeDaemon.StandardReply(request);
        _terminal.Type(Chord + "d");
        Assert.Equal(ExitCodes.Done, Status());
        _terminal.See("put back");
    }

    private int Status() => _client!.Wait(TimeSpan.FromSeconds(10)) ? _client.Result : throw new TimeoutException("the client does not end");
}
