using Tether.Tui.Terminal.FullScreen;
using Xunit;

namespace Tether.Tui.Tests.Terminal.FullScreen;

public sealed class DrainMeterTests
{
    private const int Frame = 4000;

    private readonly DrainMeter _meter = new();
    private long _now = 1000;

    [Fact]
    public void Nothing_is_asked_before_the_terminal_is_known_to_answer()
    {
        Assert.False(_meter.Send(1 << 20, _now));
        Assert.Equal(0, _meter.WaitingTime(_now));
    }

    [Fact]
    public void A_few_bytes_need_no_question_and_many_need_one_at_a_time()
    {
        Answering(latency: 1);
        Assert.False(_meter.Send(DrainMeter.ProbeEvery - 1, _now));
        Assert.True(_meter.Send(1, _now));
        Assert.False(_meter.Send(Frame, _now));
        _meter.Answer(_now);
        Assert.True(_meter.Send(1, _now));
    }

    [Theory]
    [InlineData(1, 20_000)]
    [InlineData(200, 20_000)]
    [InlineData(30, 2_000_000)]
    public void The_rate_is_found_whatever_the_latency(int latency, int bytesPerSecond)
    {
        Answering(latency);
        SendFrames(count: 30, bytesPerSecond, latency, bytes: 40_000);
        Assert.InRange(_meter.Rate!.Value, bytesPerSecond * 0.9, bytesPerSecond * 1.1);
    }

    [Fact]
    public void A_far_but_fast_line_has_no_limit()
    {
        Answering(latency: 300);
        SendFrames(count: 5, bytesPerSecond: 100_000_000, latency: 300, bytes: Frame);
        Assert.Null(_meter.Rate);
        Assert.Equal(0, _meter.TimeFor(Frame));
    }

    [Fact]
    public void A_line_that_becomes_slow_is_noticed_soon_and_forgiven_when_it_is_fast_again()
    {
        Answering(latency: 10);
        SendFrames(count: 20, bytesPerSecond: 50_000_000, latency: 10, bytes: Frame);
        SendFrames(count: 3, bytesPerSecond: 20_000, latency: 10, bytes: Frame);
        var slow = _meter.TimeFor(Frame);
        Assert.InRange(slow, 100, 200);
        SendFrames(count: 12, bytesPerSecond: 50_000_000, latency: 10, bytes: Frame);
        Assert.InRange(_meter.TimeFor(Frame), 0, 5);
    }

    [Fact]
    public void More_than_the_first_window_waits_for_the_first_answer()
    {
        Answering(latency: 10);
        _meter.Send(DrainMeter.FirstWindow + 1, _now);
        Assert.Equal(DrainMeter.Patience, _meter.WaitingTime(_now));
        _meter.Answer(_now + 11);
        Assert.Equal(0, _meter.WaitingTime(_now + 11));
    }

    [Fact]
    public void An_answer_that_never_comes_holds_nothing_up_for_good_and_nothing_is_asked_again()
    {
        Answering(latency: 10);
        _meter.Send(1 << 20, _now);
        Assert.False(_meter.IsOverdue(_now + DrainMeter.Patience - 1));
        Assert.Equal(0, _meter.WaitingTime(_now + DrainMeter.Patience));
        Assert.True(_meter.IsOverdue(_now + DrainMeter.Patience));

        var later = _now + DrainMeter.LongestPatience;
        Assert.Equal(0, _meter.WaitingTime(later));
        Assert.False(_meter.IsOverdue(later));
        Assert.False(_meter.Send(1 << 20, later));
        _meter.Answer(later);
        Assert.True(_meter.Send(1, later));
    }

    [Fact]
    public void An_overdue_answer_still_tells_how_slow_the_line_is()
    {
        Answering(latency: 10);
        _meter.Send(30_000, _now);
        _meter.Answer(_now + 6010);
        Assert.Equal(5000, _meter.Rate);
    }

    private void Answering(int latency)
    {
        _meter.NoteLatency(latency);
        _meter.IsAnswered = true;
    }

    // Each frame is sent when the one before has arrived.
    private void SendFrames(int count, int bytesPerSecond, int latency, int bytes)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(_meter.Send(bytes, _now));
            _now += latency + (1000L * bytes / bytesPerSecond);
            _meter.Answer(_now);
        }
    }
}
