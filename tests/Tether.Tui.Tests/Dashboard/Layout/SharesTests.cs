using Tether.Tui.Dashboard.Layout;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Layout;

public sealed class SharesTests
{
    [Fact]
    public void Equal_weights_differ_by_at_most_one_cell() => Assert.Equal([4, 3, 3], Shares.Split(10, [1, 1, 1]));

    [Fact]
    public void Shares_follow_the_weights() => Assert.Equal([60, 30, 10], Shares.Split(100, [6, 3, 1]));

    [Fact]
    public void Nobody_gets_less_than_the_least() => Assert.Equal([52, 28, 20], Shares.Split(100, [6, 3.25, 1], least: 20));

    [Fact]
    public void The_least_shrinks_when_there_is_not_enough_for_all() => Assert.Equal([5, 5], Shares.Split(10, [9, 1], least: 8));

    [Fact]
    public void Shares_always_add_up()
    {
        var random = new Random(5);
        for (var i = 0; i < 5000; i++)
        {
            var (total, least) = (random.Next(300), random.Next(50));
            var weights = Enumerable.Range(0, random.Next(1, 20)).Select(_ => 0.1 + random.NextDouble()).ToList();

            var shares = Shares.Split(total, weights, least);

            Assert.Equal(total, shares.Sum());
            Assert.All(shares, share => Assert.True(share >= Math.Min(least, total / weights.Count)));
        }
    }
}
