using System.Text;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

/// <summary>Channels with a pace. Where something must not come, the pace is the slowest there is, and the test ends long before.</summary>
public sealed class PacedViewerTests : IDisposable
{
    private readonly SessionRig _rig = new();
    private readonly FakeConnection _ann = new("ann");

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void An_echo_does_not_wait()
    {
        Attach(Pacer.Slowest);
        foreach (var key in "typed")
        {
            _rig.Print($"{key}");
            var (header, payload) = _ann.NextFrame();
            Assert.Equal((FrameKind.Output, $"{key}"), (header.Kind, Encoding.UTF8.GetString(payload)));
        }
    }

    [Fact]
    public void A_flood_costs_the_budget_and_no_more_until_the_interval_is_over()
    {
        Attach(Pacer.Slowest);
        Flood();
        Assert.InRange(_ann.WaitingFrames().Sum(frame => frame.Payload.Length), 0, Pacer.Budget);
    }

    [Fact]
    public void What_was_too_much_comes_as_one_snapshot_when_the_interval_is_over()
    {
        var channel = Attach(Pacer.Slowest);
        Flood();
        var before = _ann.FramesSent;
        Pace(channel, 1);

        Assert.Equal(Screen(), Seen("done"));
        Assert.Equal(before + 1, _ann.FramesSent);
    }

    [Fact]
    public void What_is_not_too_much_comes_as_output_when_the_interval_is_over()
    {
        var channel = Attach(Pacer.Slowest);
        var text = new string('a', Pacer.Budget) + new string('b', Pacer.Budget);
        _rig.Print(text);
        Pace(channel, 1);

        var seen = "";
        var offset = 0L;
        while (seen.Length < text.Length)
        {
            var (header, payload) = _ann.NextFrame();
            Assert.Equal((FrameKind.Output, offset), (header.Kind, header.Offset));
            offset = header.End;
            seen += Encoding.UTF8.GetString(payload);
        }

        Assert.Equal(text, seen);
    }

    [Fact]
    public void The_last_screen_comes_by_itself_once_the_flood_is_over()
    {
        Attach(20);
        Flood();
        Assert.Equal(Screen(), Seen("done"));
    }

    [Fact]
    public void A_sequence_that_is_not_finished_is_not_begun()
    {
        var channel = Attach(Pacer.Slowest);
        _rig.Print("text\e]1337;" + new string('i', 20_000));
        Pace(channel, 1);
        Assert.Equal("text", Encoding.UTF8.GetString(_ann.NextFrame().Payload));

        _rig.Print("\aafter");
        Assert.Contains("after", _ann.ReadUntil("after"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_waits_for_the_program_to_draw_its_frame_but_not_for_ever()
    {
        Attach(Pacer.Slowest);
        Flood();
        _rig.Print("\e[?2026hhalf a frame");
        _rig.Do(() =>
        {
            // In one turn of the session's thread: the patience cannot be over.
            var before = _ann.FramesSent;
            ((StreamViewer)_rig.Session.Viewers.Single()).SetPace(1);
            Assert.Equal(before, _ann.FramesSent);
        });
        Assert.Equal(Screen(), Seen("half a frame"));
    }

    [Fact]
    public void A_held_channel_gets_nothing_until_it_has_a_pace_again_and_then_the_screen()
    {
        var channel = Attach(0);
        Pace(channel, Pacer.Hold);
        _rig.Print("unseen");
        _rig.Print(" yet");
        Assert.Empty(_ann.WaitingFrames());

        Pace(channel, 100);
        var (header, payload) = _ann.NextFrame();
        Assert.Equal((FrameKind.Snapshot, 10L), (header.Kind, header.Offset));
        Assert.Contains("unseen yet", Encoding.UTF8.GetString(payload), StringComparison.Ordinal);
    }

    [Fact]
    public void A_held_channel_that_missed_nothing_gets_no_snapshot()
    {
        var channel = Attach(100);
        Pace(channel, Pacer.Hold);
        Pace(channel, 100);
        _rig.Print("next");
        Assert.Equal(FrameKind.Output, _ann.NextFrame().Header.Kind);
    }

    [Fact]
    public void A_held_channel_is_redrawn_when_it_asks_with_the_scrollback_it_asks_for()
    {
        var channel = Attach(100);
        for (var line = 0; line < 40; line++)
        {
            _rig.Program.Print($"line {line}\r\n");
        }

        _rig.AwaitScreen("line 39");
        _ann.ReadUntil("line 39");
        Pace(channel, Pacer.Hold);
        _rig.Attachments.Redraw(_ann, new RedrawRequest { Channel = channel, Scrollback = 10 });
        var redrawn = Encoding.UTF8.GetString(_ann.NextFrame().Payload);
        Assert.Contains("line 7", redrawn, StringComparison.Ordinal);
        Assert.DoesNotContain("line 6", redrawn, StringComparison.Ordinal);

        _rig.Print("more");
        Assert.Empty(_ann.WaitingFrames());
    }

    [Fact]
    public void A_resize_is_followed_by_a_snapshot_and_for_a_held_channel_when_it_goes_on()
    {
        var bob = new FakeConnection("bob");
        var mine = _rig.Attach(bob);
        var channel = Attach(Pacer.Slowest);
        _rig.Attachments.Resize(bob, new ResizeRequest { Channel = mine.Channel, Columns = 70, Rows = 20 });
        _ann.Next<ResizedNotice>();
        Assert.Equal(FrameKind.Snapshot, _ann.NextFrame().Header.Kind);

        Pace(channel, Pacer.Hold);
        _rig.Attachments.Resize(bob, new ResizeRequest { Channel = mine.Channel, Columns = 60, Rows = 20 });
        _ann.Next<ResizedNotice>();
        Assert.Empty(_ann.WaitingFrames());
        Pace(channel, Pacer.Slowest);
        Assert.Equal(FrameKind.Snapshot, _ann.NextFrame().Header.Kind);
    }

    [Theory]
    [InlineData(Pacer.Slowest)]
    [InlineData(Pacer.Hold)]
    public void The_end_comes_at_once_with_the_last_screen(int milliseconds)
    {
        var channel = Attach(Pacer.Slowest);
        Pace(channel, milliseconds);
        Flood();
        var screen = Screen();
        _rig.End();
        _ann.Next<ExitedNotice>();

        Assert.Equal(screen, Seen("done"));
        Assert.Equal(FrameKind.Reset, _ann.NextFrame().Header.Kind);
    }

    [Fact]
    public void Silence_needs_no_deadline()
    {
        Attach(1);
        _rig.Print("a");
        _ann.ReadUntil("a");

        // What looks at the screen once it has settled may still be due; after that nothing is.
        Assert.True(SpinWait.SpinUntil(() => _rig.Ask(() => $"{_rig.Session.Deadlines.Timeout}") == "-1", Soon.Limit));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(Pacer.Slowest + 1)]
    public void What_is_no_pace_is_refused(int milliseconds)
    {
        var channel = Attach(0);
        Assert.Throws<Daemon.Server.RequestError>(() => Pace(channel, milliseconds));
        Assert.Throws<Daemon.Server.RequestError>(() => Attach(milliseconds));
    }

    // Attached, with the first screen taken.
    private int Attach(int pace)
    {
        _rig.Attachments.Attach(_ann, new AttachRequest { Session = _rig.Session.Id, Mode = AttachMode.Observe, Columns = 80, Rows = 24, Pace = pace });
        var channel = _ann.Next<AttachedReply>().Channel;
        Assert.Equal(FrameKind.Snapshot, _ann.NextFrame().Header.Kind);
        return channel;
    }

    private void Pace(int channel, int milliseconds)
    {
        _rig.Attachments.Pace(_ann, new PaceRequest { Channel = channel, Milliseconds = milliseconds });
        _rig.Do(() => { });
    }

    private void Flood()
    {
        for (var line = 0; line < 20_000; line++)
        {
            _rig.Program.Print($"\e[3{line % 8}mline {line}\e[m\r\n");
        }

        _rig.Print("done");
        _rig.AwaitScreen("done");
    }

    private string[] Seen(string text)
    {
        var seen = new TerminalEmulator(new TerminalOptions { Columns = 80, Rows = 24 });
        seen.Feed(Encoding.Latin1.GetBytes(_ann.ReadUntil(text)));
        return Rows(seen);
    }

    private string[] Screen() => _rig.Ask(() => Rows(_rig.Session.Emulator));

    private static string[] Rows(TerminalEmulator emulator) =>
        [.. Enumerable.Range(0, emulator.Rows).Select(row => emulator.GetText(emulator.RowAt(emulator.TopRow + row)))];
}
