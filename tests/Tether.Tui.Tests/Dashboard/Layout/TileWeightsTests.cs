using Tether.Tui.Dashboard.Layout;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Layout;

public sealed class TileWeightsTests
{
    [Fact]
    public void What_was_written_is_read_again()
    {
        var weights = new TileWeights();
        weights.Grow("b");
        weights.Grow("b");
        weights.Shrink("a");

        Assert.Equal("a=-1 b=2", weights.ToString());
        Assert.Equal("a=-1 b=2", TileWeights.Parse("a=-1 b=2")!.ToString());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a=x")]
    [InlineData("=1")]
    [InlineData("a=1=2")]
    public void Anything_else_is_refused(string text) => Assert.Null(TileWeights.Parse(text));

    [Fact]
    public void Growing_and_shrinking_come_to_an_end()
    {
        var weights = new TileWeights();
        var grown = 0;
        while (grown < 100 && weights.Grow("a"))
        {
            grown++;
        }

        Assert.InRange(grown, 1, 20);
        Assert.False(weights.Grow("a"));
        Assert.True(weights.Shrink("a"));
    }

    [Fact]
    public void As_many_steps_back_make_a_tile_like_the_others_again()
    {
        var weights = new TileWeights();
        weights.Grow("a");
        weights.Shrink("a");

        Assert.Equal(1, weights.Of("a"));
        Assert.Equal("", weights.ToString());
    }

    [Fact]
    public void Sessions_that_are_gone_are_forgotten()
    {
        var weights = TileWeights.Parse("a=1 b=2")!;

        weights.Prune(new HashSet<string> { "b" });

        Assert.Equal("b=2", weights.ToString());
    }
}
