using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class AgeTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(12, "12s")]
    [InlineData(59.9, "59s")]
    [InlineData(60, "1m")]
    [InlineData(3 * 60, "3m")]
    [InlineData(2 * 3600, "2h")]
    [InlineData(47 * 3600, "47h")]
    [InlineData(4 * 86400, "4d")]
    [InlineData(-5, "0s")]
    public void An_age_is_told_in_the_largest_unit_that_says_something(double seconds, string text) =>
        Assert.Equal(text, AgeText.Of(Noon.AddSeconds(-seconds), Noon, countsSeconds: true));

    [Fact]
    public void The_seconds_of_what_is_not_redrawn_anyway_are_not_counted() => Assert.Equal("<1m", AgeText.Of(Noon.AddSeconds(-12), Noon));

    [Fact]
    public void Ages_without_seconds_change_only_when_the_clock_s_minute_does()
    {
        foreach (var seconds in new[] { 0, 1, 29, 30, 31, 59, 61, 3000, 7000, 200_000 })
        {
            var change = AgeText.NextChange(Noon.AddSeconds(-seconds), Noon.AddSeconds(17));

            Assert.Equal(0, change.UtcTicks % TimeSpan.TicksPerMinute);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_age_stays_the_same_until_it_is_said_to_change_and_then_does(bool countsSeconds)
    {
        var random = new Random(7);
        for (var i = 0; i < 5000; i++)
        {
            var since = Noon.AddMilliseconds(-Math.Pow(10, random.NextDouble() * 9));
            var now = Noon.AddMilliseconds(random.Next(120_000));

            var change = AgeText.NextChange(since, now, countsSeconds);

            Assert.True(change > now);
            Assert.Equal(AgeText.Of(since, now, countsSeconds), AgeText.Of(since, change.AddTicks(-1), countsSeconds));
            Assert.NotEqual(AgeText.Of(since, now, countsSeconds), AgeText.Of(since, change, countsSeconds));
        }
    }
}
