using Tether.Daemon.Sessions;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class PacerTests
{
    private const long Noon = 1_000_000;

    private readonly Pacer _pacer = new(100);

    [Fact]
    public void Without_a_pace_nothing_waits()
    {
        var pacer = new Pacer(Pacer.None);
        pacer.Sent(Noon, 60_000);
        Assert.Equal(0, pacer.Delay(Noon, 1 << 20, isInFrame: true));
        Assert.False(pacer.IsPaced);
    }

    [Fact]
    public void A_little_goes_out_at_once_as_often_as_the_budget_lasts()
    {
        for (var sent = 0; sent < Pacer.Budget; sent += 64)
        {
            Assert.Equal(0, _pacer.Delay(Noon, 64, isInFrame: false));
            _pacer.Sent(Noon, 64);
        }

        Assert.Equal(100, _pacer.Delay(Noon, 64, isInFrame: false));
    }

    [Fact]
    public void Much_waits_until_the_interval_since_the_last_frame_is_over()
    {
        Assert.Equal(0, _pacer.Delay(Noon, 1 << 20, isInFrame: false));
        _pacer.Sent(Noon, 3000);
        Assert.Equal(100, _pacer.Delay(Noon, 1 << 20, isInFrame: false));
        Assert.Equal(1, _pacer.Delay(Noon + 99, 1 << 20, isInFrame: false));
        Assert.Equal(0, _pacer.Delay(Noon + 100, 1 << 20, isInFrame: false));
    }

    [Fact]
    public void The_budget_comes_back_as_time_goes_by()
    {
        _pacer.Sent(Noon, 1 << 20);
        Assert.Equal(100, _pacer.Delay(Noon, 1, isInFrame: false));
        Assert.Equal(0, _pacer.Delay(Noon + 10, Pacer.Budget / 10, isInFrame: false));
        Assert.Equal(90, _pacer.Delay(Noon + 10, (Pacer.Budget / 10) + 1, isInFrame: false));
    }

    [Fact]
    public void The_budget_comes_back_however_often_it_is_asked_for()
    {
        var pacer = new Pacer(Pacer.Slowest);
        pacer.Sent(Noon, Pacer.Budget - 1);
        for (var i = 1; i <= 10_000; i++)
        {
            pacer.Sent(Noon + i, 0);
        }

        Assert.Equal(0, pacer.Delay(Noon + 10_000, Pacer.Budget, isInFrame: false));
    }

    [Fact]
    public void A_snapshot_waits_for_the_end_of_a_frame_but_not_for_ever()
    {
        _pacer.Sent(Noon, 3000);
        Assert.Equal(Pacer.FramePatience, _pacer.Delay(Noon + 100, Pacer.MostOutput + 1, isInFrame: true));
        Assert.Equal(Pacer.FramePatience - 40, _pacer.Delay(Noon + 140, 1 << 20, isInFrame: true));
        Assert.Equal(0, _pacer.Delay(Noon + 141, 1 << 20, isInFrame: false));
        Assert.Equal(0, _pacer.Delay(Noon + 100 + Pacer.FramePatience, 1 << 20, isInFrame: true));
    }

    [Fact]
    public void The_patience_with_frames_begins_anew_with_each_snapshot()
    {
        _pacer.Delay(Noon, 1 << 20, isInFrame: true);
        _pacer.Sent(Noon + Pacer.FramePatience, 3000);
        Assert.Equal(Pacer.FramePatience, _pacer.Delay(Noon + 1000, 1 << 20, isInFrame: true));
    }

    [Fact]
    public void Output_does_not_wait_for_the_end_of_a_frame()
    {
        _pacer.Sent(Noon, 3000);
        Assert.Equal(0, _pacer.Delay(Noon + 100, Pacer.MostOutput, isInFrame: true));
    }

    [Fact]
    public void Another_pace_counts_from_the_last_frame_on()
    {
        _pacer.Sent(Noon, 3000);
        _pacer.Milliseconds = 1000;
        Assert.Equal(950, _pacer.Delay(Noon + 50, 1 << 20, isInFrame: false));
        _pacer.Milliseconds = 10;
        Assert.Equal(0, _pacer.Delay(Noon + 50, 1 << 20, isInFrame: false));
    }

    [Theory]
    [InlineData(Pacer.None, 50, 50)]
    [InlineData(10, 50, 50)]
    [InlineData(70, 50, 70)]
    [InlineData(70, 0, 70)]
    public void The_longer_one_of_what_was_asked_for_and_the_least_counts(int asked, int least, int interval)
    {
        var pacer = new Pacer(asked) { Least = least };
        pacer.Sent(Noon, 1 << 20);
        Assert.True(pacer.IsPaced);
        Assert.Equal(interval, pacer.Delay(Noon, 1 << 20, isInFrame: false));
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(1, 49)]
    [InlineData(49, 1)]
    public void Those_with_the_same_least_are_due_together_whenever_they_had_their_last_frame(int after, int delay)
    {
        var pacer = new Pacer(Pacer.None) { Least = 50 };
        pacer.Sent(Noon + after, 1 << 20);
        Assert.Equal(delay, pacer.Delay(Noon + after, 1 << 20, isInFrame: false));
        Assert.Equal(0, pacer.Delay(Noon + 50, 1 << 20, isInFrame: false));
    }

    [Fact]
    public void What_is_held_stays_held_whatever_the_least() => Assert.True(new Pacer(Pacer.Hold) { Least = 50 }.IsHeld);
}
