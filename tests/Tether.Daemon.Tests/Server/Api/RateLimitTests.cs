using Tether.Daemon.Server.Api;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api;

public sealed class RateLimitTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void After_so_many_requests_one_waits_for_as_long_as_it_is_told()
    {
        var limit = new RateLimit(10, _time);
        Assert.Equal(20, Enumerable.Range(0, 100).TakeWhile(_ => Enter(limit, "a")).Count());
        Assert.True(Enter(limit, "b"));
        var wait = limit.Enter("a");
        Assert.Equal(TimeSpan.FromMilliseconds(100), wait);
        _time.Pass(wait!.Value);
        Assert.True(Enter(limit, "a"));
        Assert.False(Enter(limit, "a"));
    }

    [Fact]
    public void Requests_that_are_not_answered_yet_are_limited_too()
    {
        var limit = new RateLimit(0, _time);
        for (var i = 0; i < RateLimit.MostOpen; i++)
        {
            Assert.Null(limit.Enter("a"));
        }

        Assert.NotNull(limit.Enter("a"));
        Assert.Null(limit.Enter("b"));
        limit.Leave("a");
        Assert.Null(limit.Enter("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Of_those_that_do_nothing_any_more_nothing_is_kept(int perSecond)
    {
        var limit = new RateLimit(perSecond, _time);
        for (var i = 0; i < 5000; i++)
        {
            Assert.True(Enter(limit, $"{i}"));
            _time.Pass(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(limit.Kept, 1, 1100);
    }

    private static bool Enter(RateLimit limit, string who)
    {
        if (limit.Enter(who) is not null)
        {
            return false;
        }

        limit.Leave(who);
        return true;
    }
}
