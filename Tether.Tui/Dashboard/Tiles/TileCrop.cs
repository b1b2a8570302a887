namespace Tether.Tui.Dashboard.Tiles;

/// <summary>
/// Which part of a session's screen a tile shows: all of it in the upper left corner when it fits, else the lower left part of what is written on, moved
/// only as far as the cursor needs to stay in sight.
/// </summary>
/// <param name="Row">The session's row, from 0, in the tile's first one.</param>
/// <param name="Column">Likewise.</param>
/// <param name="Rows">How many rows of the session are shown.</param>
/// <param name="Columns">Likewise.</param>
internal readonly record struct TileCrop(int Row, int Column, int Rows, int Columns)
{
    /// <param name="session">The size of its screen.</param>
    /// <param name="tile">The size of the tile without its border.</param>
    /// <param name="cursor">Where it is; null when it is not seen.</param>
    /// <param name="lastRow">The last row that has the cursor or something else on it; null for the last one of the screen.</param>
    public static TileCrop Of((int Columns, int Rows) session, (int Columns, int Rows) tile, (int Row, int Column)? cursor, int? lastRow = null)
    {
        var (columns, rows) = (Math.Min(session.Columns, tile.Columns), Math.Min(session.Rows, tile.Rows));
        var (row, column) = (Math.Max(0, (lastRow ?? session.Rows - 1) + 1 - rows), 0);
        if (cursor is { } at)
        {
            row = at.Row >= row ? row : Math.Max(0, at.Row - rows + 1);
            column = Math.Clamp(at.Column - columns + 1, 0, session.Columns - columns);
        }

        return new TileCrop(row, column, rows, columns);
    }

    /// <summary>True if some of the session is not shown.</summary>
    public bool IsPartial((int Columns, int Rows) session) => Rows < session.Rows || Columns < session.Columns;
}
