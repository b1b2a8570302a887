using Tether.Tui.Rendering;

namespace Tether.Tui.Dashboard.Layout;

/// <summary>One big tile and a stack of the others: beside it where the big one keeps 80 columns, else below, else, where neither fits, one alone.</summary>
internal static class MainLayout
{
    // Of the area, before `+` and `-`.
    private const double MainShare = 1.8;

    private const int FullColumns = 80;
    private const int CardColumns = 20;
    private const int CardRows = 4;

    public static TilePage Arrange(TileRequest request)
    {
        var (area, count) = (request.Area, request.Sessions.Count);
        var main = Math.Clamp(request.Main, 0, count - 1);
        var isBeside = area.Columns >= FullColumns + TileSlot.LeastColumns || (area.Columns >= 2 * TileSlot.LeastColumns && area.Rows < 2 * TileSlot.LeastRows);
        if (count == 1 || (!isBeside && area.Rows < TileSlot.LeastRows + CardRows))
        {
            return TileLayout.Arrange(request with { Arrangement = TileArrangement.Single });
        }

        var (big, stackArea) = Cut(area, request.Weights.Of(request.Sessions[main]), isBeside);
        var pages = TileRange.Pages(count - 1, Most(stackArea, count - 1, isBeside));

        // Stacked tiles are numbered without the big one.
        var focused = request.Focused > main ? request.Focused - 1 : request.Focused;
        var shown = request.Focused == main ? -1 : pages.FindIndex(page => page.Has(focused));
        shown = shown >= 0 ? shown : Math.Clamp(request.Page, 0, pages.Count - 1);

        var others = request with { Sessions = [.. request.Sessions.Where((_, index) => index != main)] };
        var stack = TileLayout.Line(others, stackArea, pages[shown], isRow: !isBeside);
        var slots = stack.Select(slot => slot with { Index = slot.Index < main ? slot.Index : slot.Index + 1 });
        return new TilePage([new TileSlot(main, big), .. slots], shown, pages.Count);
    }

    private static (Area Big, Area Stack) Cut(Area area, double weight, bool isBeside)
    {
        double[] weights = [weight * MainShare, 1];
        if (isBeside)
        {
            var columns = Shares.Split(area.Columns, weights, TileSlot.LeastColumns);
            return (area with { Columns = columns[0] }, area with { Column = area.Column + columns[0], Columns = columns[1] });
        }

        var rows = Shares.Split(area.Rows, weights, area.Rows >= 2 * TileSlot.LeastRows ? TileSlot.LeastRows : CardRows);
        return (area with { Rows = rows[0] }, area with { Row = area.Row + rows[0], Rows = rows[1] });
    }

    // Live screens while all fit, else cards.
    private static int Most(Area area, int count, bool isBeside)
    {
        var (live, cards) = isBeside
            ? (TileLayout.Fits(area.Rows, TileSlot.LeastRows), TileLayout.Fits(area.Rows, CardRows))
            : (TileLayout.Fits(area.Columns, TileSlot.LeastColumns), TileLayout.Fits(area.Columns, CardColumns));
        return count <= live ? live : cards;
    }
}
