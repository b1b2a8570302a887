using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Layout;

public sealed class TileLayoutTests
{
    private static readonly TileArrangement[] Arrangements = Enum.GetValues<TileArrangement>();

    [Theory]
    [InlineData(1, "200x48")]
    [InlineData(2, "100x48 100x48")]
    [InlineData(3, "100x24 100x24 200x24")]
    [InlineData(4, "100x24 100x24 100x24 100x24")]
    [InlineData(5, "67x24 67x24 66x24 100x24 100x24")]
    [InlineData(9, "67x16 67x16 66x16 67x16 67x16 66x16 67x16 67x16 66x16")]
    public void A_grid_keeps_tiles_close_to_the_shape_of_80_by_24(int count, string sizes) =>
        Assert.Equal(sizes, Sizes(Arrange(count, 200, 48)));

    [Fact]
    public void A_narrow_grid_is_one_column() => Assert.Equal("50x10 50x10 50x10", Sizes(Arrange(3, 50, 30)));

    [Fact]
    public void The_big_one_has_the_stack_beside_it_on_a_wide_terminal() =>
        Assert.Equal("103x40 57x20 57x20", Sizes(Arrange(3, 160, 40, TileArrangement.Main)));

    [Fact]
    public void The_big_one_has_the_stack_below_it_on_a_narrow_terminal() =>
        Assert.Equal("90x26 45x14 45x14", Sizes(Arrange(3, 90, 40, TileArrangement.Main)));

    [Fact]
    public void A_stack_of_many_is_made_of_cards()
    {
        var page = Arrange(10, 160, 40, TileArrangement.Main);

        Assert.Equal(1, page.Count);
        Assert.Equal([false, true, true, true, true, true, true, true, true, true], page.Slots.Select(slot => slot.IsCard));
    }

    [Fact]
    public void Any_tile_can_be_the_big_one_and_stays_it_wherever_the_focus_is()
    {
        var page = Arrange(4, 160, 40, TileArrangement.Main, focused: 3, main: 2);

        Assert.Equal([2, 0, 1, 3], page.Slots.Select(slot => slot.Index));
    }

    [Fact]
    public void Columns_stand_side_by_side() => Assert.Equal("54x40 53x40 53x40", Sizes(Arrange(3, 160, 40, TileArrangement.Columns)));

    [Fact]
    public void One_alone_is_the_focused_one()
    {
        var page = Arrange(7, 160, 40, TileArrangement.Single, focused: 4);

        Assert.Equal([new TileSlot(4, new Area(0, 0, 160, 40))], page.Slots);
        Assert.Equal((4, 7), (page.Number, page.Count));
    }

    [Fact]
    public void More_than_fit_are_spread_evenly_over_pages()
    {
        var first = Arrange(7, 80, 24);
        var last = Arrange(7, 80, 24, focused: 6);

        Assert.Equal((0, 2), (first.Number, first.Count));
        Assert.Equal([0, 1, 2, 3], first.Slots.Select(slot => slot.Index));
        Assert.Equal((1, 2), (last.Number, last.Count));
        Assert.Equal([4, 5, 6], last.Slots.Select(slot => slot.Index));
    }

    [Fact]
    public void Without_a_focus_the_page_that_is_seen_stays() => Assert.Equal(1, Arrange(7, 80, 24, page: 1).Number);

    [Fact]
    public void A_page_that_is_no_more_gives_way_to_the_last() => Assert.Equal(0, Arrange(2, 80, 24, page: 5).Number);

    [Fact]
    public void Focusing_the_big_one_does_not_turn_the_page_of_the_stack()
    {
        var page = Arrange(60, 160, 40, TileArrangement.Main, focused: 0, page: 2);

        Assert.Equal(2, page.Number);
        Assert.Equal(0, page.Slots[0].Index);
    }

    [Fact]
    public void A_tile_that_is_too_small_is_a_card()
    {
        Assert.True(Arrange(1, 39, 24).Slots[0].IsCard);
        Assert.True(Arrange(1, 80, 7).Slots[0].IsCard);
        Assert.False(Arrange(1, 40, 8).Slots[0].IsCard);
    }

    [Fact]
    public void A_tile_grows_in_both_directions_at_the_cost_of_the_others()
    {
        var weights = new TileWeights();
        weights.Grow("s0");
        weights.Grow("s0");

        Assert.Equal("118x28 82x28 100x20 100x20", Sizes(Arrange(4, 200, 48, weights: weights)));
    }

    [Fact]
    public void Growing_one_never_makes_the_others_cards()
    {
        var weights = new TileWeights();
        while (weights.Grow("s0"))
        {
        }

        Assert.DoesNotContain(Arrange(6, 130, 20, weights: weights).Slots, slot => slot.IsCard);
    }

    [Fact]
    public void The_big_one_grows_too()
    {
        var weights = new TileWeights();
        weights.Grow("s0");

        Assert.True(Arrange(3, 200, 40, TileArrangement.Main, weights: weights).Slots[0].Area.Columns > Arrange(3, 200, 40, TileArrangement.Main).Slots[0].Area.Columns);
    }

    [Fact]
    public void Nothing_is_placed_where_nothing_is()
    {
        Assert.Empty(Arrange(0, 80, 24).Slots);
        Assert.Empty(Arrange(3, 0, 24).Slots);
    }

    [Fact]
    public void A_cell_belongs_to_the_tile_that_is_there()
    {
        var page = Arrange(4, 200, 48);

        Assert.Equal(0, page.At(0, 0)!.Value.Index);
        Assert.Equal(1, page.At(100, 23)!.Value.Index);
        Assert.Equal(3, page.At(199, 47)!.Value.Index);
        Assert.Null(page.At(200, 0));
    }

    [Fact]
    public void Tiles_always_cover_their_area_and_show_the_focused_one()
    {
        var random = new Random(11);
        for (var i = 0; i < 5_000; i++)
        {
            var area = new Area(random.Next(40), random.Next(3), random.Next(1, 500), random.Next(1, 150));
            var count = random.Next(1, 101);
            var weights = new TileWeights();
            for (var change = random.Next(12); change > 0; change--)
            {
                _ = random.Next(2) == 0 ? weights.Grow($"s{random.Next(count)}") : weights.Shrink($"s{random.Next(count)}");
            }

            var request = new TileRequest
            {
                Area = area,
                Sessions = Ids(count),
                Arrangement = Arrangements[random.Next(Arrangements.Length)],
                Focused = random.Next(count),
                Main = random.Next(count),
                Page = random.Next(5),
                Weights = weights,
            };

            var page = TileLayout.Arrange(request);

            Cover.Exactly(area, page.Slots.Select(slot => slot.Area), $"{count} tiles, {request}");
            Assert.NotNull(page.Of(request.Focused));
            Assert.DoesNotContain(page.Slots, slot => slot.Area.IsEmpty);
            Assert.Equal(page.Slots.Count, page.Slots.Select(slot => slot.Index).Distinct().Count());
            if (request.Arrangement is TileArrangement.Grid or TileArrangement.Columns && area is { Columns: >= 40, Rows: >= 8 })
            {
                Assert.DoesNotContain(page.Slots, slot => slot.IsCard);
            }
        }
    }

    [Theory]
    [InlineData(TileArrangement.Grid)]
    [InlineData(TileArrangement.Main)]
    [InlineData(TileArrangement.Columns)]
    [InlineData(TileArrangement.Single)]
    internal void The_pages_together_hold_every_tile(TileArrangement arrangement)
    {
        var pages = Enumerable.Range(0, 37).Select(focused => Arrange(37, 130, 30, arrangement, focused)).ToList();

        Assert.Equal(Enumerable.Range(0, 37), pages.SelectMany(page => page.Slots).Select(slot => slot.Index).Distinct().Order());
        Assert.Equal(pages[0].Count, pages.Select(page => page.Number).Distinct().Count());
    }

    private static TilePage Arrange(
        int count, int columns, int rows, TileArrangement arrangement = TileArrangement.Grid, int focused = -1, int main = 0, int page = 0, TileWeights? weights = null) =>
        TileLayout.Arrange(new TileRequest
        {
            Area = new Area(0, 0, columns, rows),
            Sessions = Ids(count),
            Arrangement = arrangement,
            Focused = focused,
            Main = main,
            Page = page,
            Weights = weights ?? new TileWeights(),
        });

    private static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => $"s{i}")];

    private static string Sizes(TilePage page) => string.Join(' ', page.Slots.Select(slot => $"{slot.Area.Columns}x{slot.Area.Rows}"));
}
