using Tether.Daemon.Sessions;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class EventThrottleTests
{
    private readonly Deadlines _deadlines = new();
    private readonly List<string> _told = [];
    private readonly EventThrottle _throttle;

    public EventThrottleTests() => _throttle = new EventThrottle(_deadlines, (kind, text) => _told.Add($"{kind} {text}"));

    [Fact]
    public void The_first_of_a_kind_is_told_at_once_and_of_a_storm_only_the_newest()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _throttle.Happened("title", $"{i}");
        }

        _throttle.Happened("bell", "");
        Assert.Equal(["title 0", "bell "], _told);
        SpinWait.SpinUntil(() =>
        {
            _deadlines.RunDue();
            return _deadlines.Timeout < 0;
        }, Soon.Limit);
        Assert.Equal(["title 0", "bell ", "title 9999"], _told);
    }

    [Fact]
    public void After_a_pause_the_next_is_told_at_once_again()
    {
        _throttle.Happened("bell", "1");
        SpinWait.SpinUntil(() =>
        {
            _deadlines.RunDue();
            return _deadlines.Timeout < 0;
        }, Soon.Limit);
        _throttle.Happened("bell", "2");
        Assert.Equal(["bell 1", "bell 2"], _told);
    }

    [Fact]
    public void The_marks_of_a_shell_do_not_replace_one_another()
    {
        foreach (var mark in (string[])["C", "D 4", "A", "B", "C"])
        {
            _throttle.Happened("prompt", mark);
        }

        Assert.Equal(["prompt C", "prompt D 4", "prompt A", "prompt B"], _told);
    }
}
