using Tether.Tui.Dashboard;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

public sealed class TypingClockTests
{
    private readonly TypingClock _clock = new();

    [Fact]
    public void Keys_that_are_read_late_may_have_been_typed_at_once()
    {
        _clock.Waited(1000, 50, isOver: true);

        // It is 2000 when they are read, but they came at any time after 1050.
        _clock.Waited(1051, 5000, isOver: false);
        Assert.Equal(1050, _clock.TypedSince);
    }

    [Fact]
    public void A_wait_in_which_nothing_came_says_that_nothing_was_typed_in_it()
    {
        _clock.Waited(1000, 300, isOver: true);
        _clock.Waited(1300, 60_000, isOver: false);
        Assert.Equal(1300, _clock.TypedSince);
    }

    [Fact]
    public void A_wait_that_something_ended_says_so_only_of_its_beginning()
    {
        _clock.Waited(1000, 300, isOver: false);
        _clock.Waited(1200, 300, isOver: false);
        Assert.Equal(1000, _clock.TypedSince);
    }

    [Fact]
    public void A_moment_is_due_until_the_terminal_was_looked_at_then_or_later()
    {
        _clock.Waited(1000, 299, isOver: true);
        Assert.Equal(1300, _clock.Due(1300));
        _clock.Waited(1300, 0, isOver: true);
        Assert.Equal(0, _clock.Due(1300));
    }
}
