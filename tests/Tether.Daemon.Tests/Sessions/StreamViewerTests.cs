using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class StreamViewerTests : IDisposable
{
    private readonly SessionRig _rig = new();
    private readonly FakeConnection _ann = new("ann");

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void The_screen_comes_first_and_then_every_byte_from_its_offset_once()
    {
        _rig.Print("before");
        _rig.Attach(_ann, AttachMode.Observe);
        var (head, snapshot) = _ann.NextFrame();
        Assert.Equal((FrameKind.Snapshot, 6L, 6L), (head.Kind, head.Offset, head.End));
        Assert.Contains("before", System.Text.Encoding.UTF8.GetString(snapshot));

        var offset = head.End;
        _rig.Program.Print("one");
        _rig.Program.Print("two");
        var text = "";
        while (!text.EndsWith("two", StringComparison.Ordinal))
        {
            var (header, payload) = _ann.NextFrame();
            Assert.Equal((FrameKind.Output, offset), (header.Kind, header.Offset));
            offset = header.End;
            text += System.Text.Encoding.UTF8.GetString(payload);
        }

        Assert.Equal("onetwo", text);
    }

    [Fact]
    public void A_client_that_stops_reading_costs_one_frame_and_ends_on_the_right_screen()
    {
        _rig.Attach(_ann, AttachMode.Observe);
        _rig.Print("x");
        _ann.IsReading = false;
        _rig.Print("y");
        var sent = _ann.FramesSent;
        for (var line = 0; line < 40_000; line++)
        {
            _rig.Program.Print($"\e[3{line % 8}mline {line}\e[m\r\n");
        }

        _rig.Program.Print("done");
        _rig.AwaitScreen("done");
        Assert.InRange(_ann.FramesSent - sent, 0, 1);

        _ann.IsReading = true;
        var seen = new TerminalEmulator(new TerminalOptions { Columns = 80, Rows = 24 });
        seen.Feed(System.Text.Encoding.Latin1.GetBytes(_ann.ReadUntil("done")));
        Assert.Equal(Screen(), Rows(seen));
    }

    [Fact]
    public void Whoever_attaches_in_the_middle_of_a_sequence_sees_it_whole()
    {
        _rig.Print("a\e[3");
        _rig.Attach(_ann, AttachMode.Observe);
        _rig.Program.Print("1mred");
        var seen = new TerminalEmulator(new TerminalOptions { Columns = 80, Rows = 24 });
        seen.Feed(System.Text.Encoding.Latin1.GetBytes(_ann.ReadUntil("red")));

        Assert.Equal("ared", Rows(seen)[0]);
    }

    [Fact]
    public void Whoever_attaches_in_the_middle_of_a_long_sequence_does_not_see_its_inside_as_text()
    {
        _rig.Print("a\e]1337;" + new string('i', 20_000));
        _rig.Attach(_ann, AttachMode.Observe);
        _rig.Program.Print(new string('i', 5000) + "\aafter");
        var seen = new TerminalEmulator(new TerminalOptions { Columns = 80, Rows = 24 });
        seen.Feed(System.Text.Encoding.Latin1.GetBytes(_ann.ReadUntil("after")));

        Assert.Equal("aafter", Rows(seen)[0]);
    }

    [Fact]
    public void A_program_that_only_asks_is_answered_and_nobody_sees_it()
    {
        _rig.Attach(_ann, AttachMode.Observe);
        for (var i = 0; i < 1000; i++)
        {
            _rig.Print("\e[5n");
        }

        _rig.Print("end");
        var seen = _ann.ReadUntil("end");
        Assert.DoesNotContain("\e[5n", seen);
        Assert.Equal(4000, _rig.Program.ReadInput(4000).Length);
    }

    [Fact]
    public void A_redraw_sends_the_screen_again()
    {
        var attached = _rig.Attach(_ann, AttachMode.Observe);
        _rig.Print("text");
        _ann.ReadUntil("text");
        _rig.Attachments.Redraw(_ann, new RedrawRequest { Channel = attached.Channel });
        var (header, payload) = _ann.NextFrame();

        Assert.Equal((FrameKind.Snapshot, 4L), (header.Kind, header.Offset));
        Assert.Contains("text", System.Text.Encoding.UTF8.GetString(payload));
    }

    [Fact]
    public void A_redraw_is_answered_on_the_thread_that_sends_its_snapshot()
    {
        var attached = _rig.Attach(_ann, AttachMode.Observe);
        _ann.NextFrame();
        _rig.Attachments.Redraw(_ann, new RedrawRequest { Id = 77, Channel = attached.Channel });
        Assert.Equal(FrameKind.Snapshot, _ann.NextFrame().Header.Kind);
        Assert.Contains(_ann.Waiting(), message => message is OkReply { Re: 77 });
    }

    [Fact]
    public void A_replica_is_reset_whole_by_each_snapshot()
    {
        _rig.Attachments.Attach(_ann, new AttachRequest { Session = _rig.Session.Id, Mode = AttachMode.Observe, Columns = 80, Rows = 24, Replica = true });
        _ann.Next<AttachedReply>();
        Assert.StartsWith("\x18\ec\e[?2026h", System.Text.Encoding.UTF8.GetString(_ann.NextFrame().Payload), StringComparison.Ordinal);
    }

    [Fact]
    public void The_controller_who_resizes_is_not_told_and_everybody_else_is_and_gets_the_screen()
    {
        var bob = new FakeConnection("bob");
        var mine = _rig.Attach(_ann);
        _rig.Attach(bob, AttachMode.Observe);
        _ann.NextFrame();
        bob.NextFrame();
        _rig.Attachments.Resize(_ann, new ResizeRequest { Channel = mine.Channel, Columns = 70, Rows = 20 });

        var notice = bob.Next<ResizedNotice>();
        Assert.Equal((70, 20, "ann"), (notice.Columns, notice.Rows, notice.By));
        Assert.Equal(FrameKind.Snapshot, bob.NextFrame().Header.Kind);
        Assert.DoesNotContain(_ann.Waiting(), message => message is ResizedNotice);
    }

    [Fact]
    public void Detaching_ends_with_the_reset_and_the_reply()
    {
        var attached = _rig.Attach(_ann);
        _rig.Attachments.Detach(_ann, new DetachRequest { Id = 9, Channel = attached.Channel });

        Assert.Equal(9, _ann.Next<OkReply>().Re);
        Assert.Equal(FrameKind.Reset, _ann.WaitingFrames()[^1].Header.Kind);
        Assert.Equal(0, _rig.Ask(() => _rig.Session.Describe()).Viewers);
    }

    private string[] Screen() => _rig.Ask(() => Rows(_rig.Session.Emulator));

    private static string[] Rows(TerminalEmulator emulator) =>
        [.. Enumerable.Range(0, emulator.Rows).Select(row => emulator.GetText(emulator.RowAt(emulator.TopRow + row)))];
}
