using Tether.Daemon.Sessions;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class DeadlinesTests
{
    private readonly Deadlines _deadlines = new();
    private readonly List<string> _ran = [];

    [Fact]
    public void Nothing_to_do_is_sleep_for_ever() => Assert.Equal(-1, _deadlines.Timeout);

    [Fact]
    public void What_is_due_runs_in_order_of_time_and_the_rest_waits()
    {
        _deadlines.After(TimeSpan.FromHours(1), () => _ran.Add("later"));
        _deadlines.After(TimeSpan.FromMilliseconds(2), () => _ran.Add("second"));
        _deadlines.After(TimeSpan.Zero, () => _ran.Add("first"));
        Assert.Equal(0, _deadlines.Timeout);
        SpinWait.SpinUntil(() =>
        {
            _deadlines.RunDue();
            return _ran.Count == 2;
        }, Soon.Limit);

        Assert.Equal(["first", "second"], _ran);
        Assert.InRange(_deadlines.Timeout, 3_500_000, 3_600_000);
    }

    [Fact]
    public void A_wait_longer_than_a_timeout_can_say_is_a_long_timeout()
    {
        _deadlines.After(TimeSpan.FromSeconds(1e9), () => { });
        Assert.Equal(int.MaxValue, _deadlines.Timeout);
    }

    [Fact]
    public void An_action_may_ask_for_another()
    {
        _deadlines.After(TimeSpan.Zero, () => _deadlines.After(TimeSpan.Zero, () => _ran.Add("again")));
        _deadlines.RunDue();
        Assert.Equal(["again"], _ran);
    }
}
