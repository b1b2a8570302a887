using System.Text;
using Tether.Tui.Terminal.FullScreen;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Terminal.FullScreen;

public sealed class OuterOutputTests : IDisposable
{
    private const long Now = 1000;

    private readonly TestPty _pty = new();
    private readonly OuterOutput _output;

    public OuterOutputTests()
    {
        _pty.Device.EnterRawMode();
        _output = new OuterOutput(_pty.Device);
    }

    public void Dispose() => _pty.Dispose();

    [Fact]
    public void A_frame_leaves_at_once_and_a_few_may_follow_it_at_once()
    {
        for (var i = 0; i < OuterOutput.Burst; i++)
        {
            Assert.Equal(0, _output.DelayBeforeFrame(Now));
            _output.SendFrame("a frame"u8, Now);
            _pty.See("a frame");
            Assert.False(_output.IsBusy(Now));
        }

        Assert.Equal(OuterOutput.ShortestFrameInterval, _output.DelayBeforeFrame(Now));
        Assert.Equal(0, _output.DelayBeforeFrame(Now + OuterOutput.ShortestFrameInterval));
    }

    [Fact]
    public void There_are_at_most_sixty_frames_a_second_and_not_many_at_once_after_a_pause()
    {
        const int Seconds = 10;
        var frames = 0;
        for (var now = Now; now < Now + (Seconds * 1000); now += Math.Max(1, _output.DelayBeforeFrame(now)))
        {
            if (_output.DelayBeforeFrame(now) == 0)
            {
                _output.SendFrame("x"u8, now);
                frames++;
            }
        }

        Assert.InRange(frames, 60 * Seconds, (1000 / OuterOutput.ShortestFrameInterval * Seconds) + 10);
    }

    [Fact]
    public void What_nobody_waits_for_comes_ten_times_a_second()
    {
        Assert.Equal(0, _output.DelayBeforeFrame(Now, isCalm: true));
        _output.SendFrame("a frame"u8, Now);
        Assert.Equal(OuterOutput.CalmFrameInterval, _output.DelayBeforeFrame(Now, isCalm: true));
        _output.SendFrame("an echo"u8, Now + 60);
        Assert.Equal(OuterOutput.CalmFrameInterval, _output.DelayBeforeFrame(Now + 60, isCalm: true));
        Assert.Equal(0, _output.DelayBeforeFrame(Now + 60 + OuterOutput.CalmFrameInterval, isCalm: true));
    }

    [Fact]
    public void A_terminal_that_does_not_read_stops_frames_but_not_the_loop_and_gets_all_bytes_in_the_end()
    {
        var frame = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(number => $"{number},")) + "end");
        _output.SendFrame(frame, Now);
        Assert.True(_output.IsBusy(Now + 60_000));
        Assert.Equal(-1, _output.DelayBeforeFrame(Now + 60_000));
        Assert.InRange(_output.Unsent, 1, frame.Length);
        _output.Send("behind it"u8);

        var seen = new StringBuilder();
        while (!_output.TryFlush())
        {
            seen.Append(_pty.See(","));
        }

        seen.Append(_pty.See("behind it"));
        Assert.Equal(Encoding.ASCII.GetString(frame) + "behind it", seen.ToString());
        Assert.False(_output.IsBusy(Now + 60_000));
    }

    [Fact]
    public void A_question_follows_a_long_frame_once_the_terminal_is_known_to_answer()
    {
        _output.Meter.IsAnswered = true;
        _output.SendFrame(new byte[DrainMeter.ProbeEvery].AsSpan(), Now);
        _pty.See("\e[5n");
    }

    [Fact]
    public void A_slow_line_gets_fewer_frames()
    {
        _output.Meter.IsAnswered = true;
        _output.Meter.NoteLatency(1);
        _output.SendFrame(new byte[4000], Now);
        _output.Meter.Answer(Now + 201);
        _output.SendFrame(new byte[4000], Now + 300);
        Assert.Equal(200, _output.MinimumFrameInterval);
        Assert.Equal(200, _output.DelayBeforeFrame(Now + 300));
        _output.SendFrame("short"u8, Now + 500);
        Assert.Equal(OuterOutput.ShortestFrameInterval, _output.MinimumFrameInterval);
    }

    [Fact]
    public void While_an_answer_is_overdue_there_is_a_frame_a_second()
    {
        _output.Meter.IsAnswered = true;
        _output.SendFrame(new byte[DrainMeter.FirstWindow + 1], Now);
        Assert.Equal(DrainMeter.Patience, _output.DelayBeforeFrame(Now));
        Assert.Equal(0, _output.DelayBeforeFrame(Now + DrainMeter.Patience));
        _output.SendFrame("a frame"u8, Now + DrainMeter.Patience);
        Assert.Equal(OuterOutput.LongestFrameInterval, _output.DelayBeforeFrame(Now + DrainMeter.Patience));
    }

    [Fact]
    public void A_terminal_that_is_gone_takes_nothing_and_holds_nothing_up()
    {
        _pty.HangUp();
        _output.SendFrame("a frame"u8, Now);
        Assert.True(_output.IsGone);
        _output.SendFrame("another"u8, Now + 1000);
        Assert.Equal(0, _output.Unsent);
    }
}
