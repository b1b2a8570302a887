using Tether.Tui.Rendering;

namespace Tether.Tui.Dashboard.Layout;

/// <summary>
/// Places tiles. All that fit at 40×8 or more stand on one page; more are spread evenly over pages, so tiles become cards only where the area
/// itself is too small, and in the stack of <see cref="TileArrangement.Main"/>.
/// </summary>
internal static class TileLayout
{
    private const double WantedShape = 80.0 / 24;

    public static TilePage Arrange(TileRequest request)
    {
        var (area, count) = (request.Area, request.Sessions.Count);
        if (count == 0 || area.IsEmpty)
        {
            return TilePage.Empty;
        }

        return request.Arrangement switch
        {
            TileArrangement.Main => MainLayout.Arrange(request),
            TileArrangement.Columns => Paged(request, Fits(area.Columns, TileSlot.LeastColumns), range => Line(request, area, range, isRow: true)),
            TileArrangement.Single => Paged(request, 1, range => [new TileSlot(range.First, area)]),
            _ => Paged(request, Fits(area.Columns, TileSlot.LeastColumns) * Fits(area.Rows, TileSlot.LeastRows), range => Grid(request, range)),
        };
    }

    /// <summary>How many of at least a size fit; never less than one.</summary>
    public static int Fits(int cells, int least) => Math.Max(1, cells / least);

    /// <summary>Tiles side by side in a row, or one below the other, over the whole area.</summary>
    public static List<TileSlot> Line(TileRequest request, Area area, TileRange range, bool isRow)
    {
        var weights = range.Indices.Select(index => request.Weights.Of(request.Sessions[index])).ToList();
        var sizes = isRow ? Shares.Split(area.Columns, weights, TileSlot.LeastColumns) : Shares.Split(area.Rows, weights, TileSlot.LeastRows);
        var slots = new List<TileSlot>();
        var at = isRow ? area.Column : area.Row;
        foreach (var (index, size) in range.Indices.Zip(sizes))
        {
            slots.Add(new TileSlot(index, isRow ? area with { Column = at, Columns = size } : area with { Row = at, Rows = size }));
            at += size;
        }

        return slots;
    }

    private static TilePage Paged(TileRequest request, int most, Func<TileRange, List<TileSlot>> place)
    {
        var pages = TileRange.Pages(request.Sessions.Count, most);
        var shown = pages.FindIndex(page => page.Has(request.Focused));
        shown = shown >= 0 ? shown : Math.Clamp(request.Page, 0, pages.Count - 1);
        return new TilePage(place(pages[shown]), shown, pages.Count);
    }

    private static List<TileSlot> Grid(TileRequest request, TileRange range)
    {
        var area = request.Area;
        var rows = range.Split(Rows(area, range.Count));
        var weights = rows.Select(row => row.Indices.Max(index => request.Weights.Of(request.Sessions[index]))).ToList();
        var slots = new List<TileSlot>();
        var at = area.Row;
        foreach (var (row, height) in rows.Zip(Shares.Split(area.Rows, weights, TileSlot.LeastRows)))
        {
            slots.AddRange(Line(request, area with { Row = at, Rows = height }, row, isRow: true));
            at += height;
        }

        return slots;
    }

    // As many rows as make tiles most like 80×24, by the mean ratio of their proportions, among those where all have the least size.
    private static int Rows(Area area, int count)
    {
        var (best, least) = (1, double.MaxValue);
        var (mostRows, mostColumns) = (Fits(area.Rows, TileSlot.LeastRows), Fits(area.Columns, TileSlot.LeastColumns));
        for (var rows = 1; rows <= Math.Min(count, mostRows); rows++)
        {
            var (few, wide) = (count / rows, count % rows);
            if (few + (wide > 0 ? 1 : 0) > mostColumns)
            {
                continue;
            }

            var height = (double)area.Rows / rows;
            var unlike = (((rows - wide) * few * Unlike(area.Columns / few, height)) + (wide * (few + 1) * Unlike(area.Columns / (few + 1), height))) / count;
            (best, least) = unlike < least ? (rows, unlike) : (best, least);
        }

        return best;
    }

    private static double Unlike(double columns, double rows) => Math.Abs(Math.Log(Math.Max(1, columns) / rows / WantedShape));
}
