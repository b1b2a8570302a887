using Tether.Tui.Terminal.FullScreen;
using Xunit;

namespace Tether.Tui.Tests.Terminal.FullScreen;

public sealed class ScreenSizeTests
{
    private (int Columns, int Rows) _window = (80, 24);

    [Fact]
    public void The_first_size_of_a_storm_counts_at_once_and_the_last_one_always()
    {
        var size = new ScreenSize(() => _window);
        Assert.Equal(-1, size.NextTick(1000));
        _window = (81, 24);
        size.Note();
        Assert.True(size.TakeChange(1000));
        Assert.Equal((81, 24), size.Current);

        for (var columns = 82; columns < 120; columns++)
        {
            _window = (columns, 24);
            size.Note();
            Assert.False(size.TakeChange(1001));
        }

        Assert.Equal((81, 24), size.Current);
        Assert.Equal(ScreenSize.Interval - 1, size.NextTick(1001));
        Assert.True(size.TakeChange(1000 + ScreenSize.Interval));
        Assert.Equal((119, 24), size.Current);
        Assert.Equal(-1, size.NextTick(2000));
    }

    [Fact]
    public void A_signal_without_another_size_has_everything_drawn_anew()
    {
        var size = new ScreenSize(() => _window);
        size.Note();
        Assert.True(size.TakeChange(1000));
        Assert.False(size.TakeChange(1001));
        Assert.Equal(-1, size.NextTick(1000));
    }
}
