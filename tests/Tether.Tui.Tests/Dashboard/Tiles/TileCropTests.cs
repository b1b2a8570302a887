using Tether.Tui.Dashboard.Tiles;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Tiles;

public sealed class TileCropTests
{
    [Fact]
    public void A_session_that_fits_is_shown_whole()
    {
        var crop = TileCrop.Of((80, 24), (100, 30), (23, 79));
        Assert.Equal(new TileCrop(0, 0, 24, 80), crop);
        Assert.False(crop.IsPartial((80, 24)));
    }

    [Theory]
    [InlineData(39, 32)]
    [InlineData(32, 32)]
    [InlineData(31, 24)]
    [InlineData(3, 0)]
    [InlineData(0, 0)]
    public void A_larger_one_shows_its_last_rows_or_those_down_to_the_cursor(int cursorRow, int firstRow)
    {
        var crop = TileCrop.Of((120, 40), (50, 8), (cursorRow, 0));
        Assert.Equal(new TileCrop(firstRow, 0, 8, 50), crop);
        Assert.True(crop.IsPartial((120, 40)));
    }

    [Theory]
    [InlineData(11, 11, 2)]
    [InlineData(11, 30, 2)]
    [InlineData(3, 5, 0)]
    public void Blank_rows_at_the_end_are_not_shown_instead_of_written_ones(int cursorRow, int lastRow, int firstRow) =>
        Assert.Equal(new TileCrop(firstRow, 0, 10, 43), TileCrop.Of((60, 40), (43, 10), (cursorRow, 0), lastRow) with { Column = 0 });

    [Theory]
    [InlineData(49, 0)]
    [InlineData(50, 1)]
    [InlineData(119, 70)]
    public void Columns_move_only_as_far_as_the_cursor_needs(int cursorColumn, int firstColumn) =>
        Assert.Equal(firstColumn, TileCrop.Of((120, 40), (50, 8), (39, cursorColumn)).Column);

    [Fact]
    public void Without_a_cursor_the_lower_left_part_is_shown() =>
        Assert.Equal(new TileCrop(32, 0, 8, 50), TileCrop.Of((120, 40), (50, 8), null));
}
