using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Layout;

public sealed class DashboardLayoutTests
{
    private static readonly DashboardPart[] Parts = Enum.GetValues<DashboardPart>();

    [Fact]
    public void The_parts_stand_where_people_look_for_them()
    {
        var layout = DashboardLayout.For(120, 40, new DashboardOptions { QueueItems = 2 });

        Assert.Equal(new Area(0, 0, 120, 1), layout.Top);
        Assert.Equal(new Area(0, 1, 30, 36), layout.List);
        Assert.Equal(new Area(30, 1, 90, 36), layout.Tiles);
        Assert.Equal(new Area(0, 37, 120, 2), layout.Queue);
        Assert.Equal(new Area(0, 39, 120, 1), layout.Bottom);
    }

    [Theory]
    [InlineData(64, 24)]
    [InlineData(80, 24)]
    [InlineData(120, 30)]
    [InlineData(144, 36)]
    [InlineData(500, 36)]
    public void The_list_takes_a_quarter_within_bounds(int columns, int list) => Assert.Equal(list, DashboardLayout.For(columns, 40, default).List.Columns);

    [Fact]
    public void A_folded_list_leaves_its_room_to_the_tiles() =>
        Assert.Equal(120, DashboardLayout.For(120, 40, new DashboardOptions { IsListFolded = true }).Tiles.Columns);

    [Fact]
    public void Under_64_columns_there_is_one_column()
    {
        var tiles = DashboardLayout.For(63, 20, default);
        var list = DashboardLayout.For(63, 20, new DashboardOptions { IsListInFront = true });

        Assert.True(tiles.IsOneColumn);
        Assert.Equal((0, 63), (tiles.List.Columns, tiles.Tiles.Columns));
        Assert.Equal((63, 0), (list.List.Columns, list.Tiles.Columns));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(20, 2)]
    [InlineData(24, 3)]
    public void The_queue_takes_few_rows_of_a_low_terminal(int rows, int queue) =>
        Assert.Equal(queue, DashboardLayout.For(100, rows, new DashboardOptions { QueueItems = 50 }).Queue.Rows);

    [Theory]
    [InlineData(10, 7, 0)]
    [InlineData(24, 19, 0)]
    [InlineData(36, 31, 0)]
    [InlineData(37, 24, 8)]
    [InlineData(60, 33, 22)]
    public void A_card_takes_what_a_person_needs_to_read_it(int rows, int card, int tiles)
    {
        var layout = DashboardLayout.For(120, rows, new DashboardOptions { QueueItems = 3, HasCard = true });

        Assert.Equal((card, tiles), (layout.Card.Rows, layout.Tiles.Rows));
        Assert.Equal(layout.Card.Bottom, layout.Queue.Row);
    }

    [Fact]
    public void An_empty_queue_takes_no_room() => Assert.True(DashboardLayout.For(100, 40, default).Queue.IsEmpty);

    [Fact]
    public void A_cell_belongs_to_the_part_that_is_there()
    {
        var layout = DashboardLayout.For(120, 40, new DashboardOptions { QueueItems = 1 });

        Assert.Equal((DashboardPart.Top, 119, 0), layout.At(119, 0));
        Assert.Equal((DashboardPart.List, 5, 2), layout.At(5, 3));
        Assert.Equal((DashboardPart.Tiles, 0, 0), layout.At(30, 1));
        Assert.Equal((DashboardPart.Queue, 3, 0), layout.At(3, 38));
        Assert.Equal((DashboardPart.Bottom, 3, 0), layout.At(3, 39));
        Assert.Null(layout.At(120, 0));
        Assert.Null(layout.At(-1, 0));
    }

    [Fact]
    public void The_parts_cover_a_terminal_of_any_size()
    {
        var random = new Random(2);
        for (var i = 0; i < 5_000; i++)
        {
            var (columns, rows) = i % 4 == 0 ? (random.Next(1, 70), random.Next(1, 12)) : (random.Next(40, 501), random.Next(10, 151));
            var options = new DashboardOptions { IsListFolded = random.Next(2) == 0, IsListInFront = random.Next(2) == 0, QueueItems = random.Next(6), HasCard = random.Next(2) == 0 };

            var layout = DashboardLayout.For(columns, rows, options);

            Cover.Exactly(new Area(0, 0, columns, rows), Parts.Select(layout.Of), $"{columns}x{rows} {options}");
            Assert.True(columns < 40 || rows < 10 || layout.List.Columns + layout.Tiles.Columns == columns && layout.Tiles.Rows + layout.Card.Rows >= 7);
            Assert.True(columns < 64 || layout.Tiles.Columns >= 40);
        }
    }
}
