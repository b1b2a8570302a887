using Tether.Protocol.Terminal.Cells;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>Changes the size of both screens. Nothing written is lost but what the scrollback's limit takes.</summary>
internal static class Resizing
{
    public static void Resize(Screen screen, int columns, int rows, long stamp)
    {
        bool alternate = screen.IsAlternate;
        (int Row, int Column, bool Pending) cursor = (screen.Row, screen.Column, screen.PendingWrap);
        ref SavedCursor saved = ref screen.SavedOf(alternate: false);
        (int Row, int Column, bool Pending) inPrimary = alternate ? (saved.Row, saved.Column, saved.PendingWrap) : cursor;

        inPrimary = columns == screen.Columns
            ? ChangeHeight(screen, rows, inPrimary)
            : Reflow.Apply(screen, columns, rows, inPrimary);
        if (screen.Alternate is { } grid)
        {
            screen.Alternate = Crop(grid, screen.Tables.Clusters, columns, rows, alternate ? cursor.Row : 0, out int dropped);
            screen.AlternatePlaces.MoveRows(0, long.MaxValue, -dropped);
            screen.AlternatePlaces.Keep(0, rows);
            screen.AlternatePlaces.KeepColumns(columns);
            cursor = (cursor.Row - dropped, cursor.Column, cursor.Pending && columns == grid.Columns);
        }

        if (alternate)
        {
            saved.Row = inPrimary.Row;
            saved.Column = inPrimary.Column;
            saved.PendingWrap = inPrimary.Pending;
        }
        else
        {
            cursor = inPrimary;
        }

        screen.PrimaryPlaces.Keep(screen.Scrollback.FirstRow, screen.TopRow + rows);

        // Where rows below were cut, there is none to go on in.
        screen.Primary.SetWrapped(rows - 1, false);
        screen.Alternate?.SetWrapped(rows - 1, false);
        screen.Grid = alternate ? screen.Alternate! : screen.Primary;
        Clamp(ref screen.SavedOf(alternate: false), columns, rows);
        Clamp(ref screen.SavedOf(alternate: true), columns, rows);
        screen.Grid.Stamp = stamp;
        screen.Grid.TouchAll();
        screen.ClusterState = GraphemeBreaker.Start;
        screen.Tabs.Resize(columns);
        screen.ResetMargins();
        screen.MoveTo(cursor.Row, cursor.Column);
        screen.PendingWrap = cursor.Pending && screen.Column == columns - 1;
    }

    /// <summary>Rows down to the last with anything in it, and at least to the cursor.</summary>
    public static int UsedRows(Grid grid, int cursorRow)
    {
        int used = grid.Rows;
        while (used > cursorRow + 1 && !grid.Row(used - 1).ContainsAnyExcept(0UL))
        {
            used--;
        }

        return used;
    }

    private static void Clamp(ref SavedCursor saved, int columns, int rows)
    {
        saved.PendingWrap &= saved.Column == columns - 1;
        saved.Row = Math.Min(saved.Row, rows - 1);
        saved.Column = Math.Min(saved.Column, columns - 1);
    }

    // Fewer rows: blank ones below the cursor go first, then the top ones into the scrollback, but never the cursor's own: what does not
    // fit below it is cut. More rows: a full screen gets some back.
    private static (int Row, int Column, bool Pending) ChangeHeight(Screen screen, int rows, (int Row, int Column, bool Pending) cursor)
    {
        Grid old = screen.Primary;
        int used = UsedRows(old, cursor.Row);
        int pushed = Math.Clamp(used - rows, 0, cursor.Row);
        used = Math.Min(used, pushed + rows);
        for (int row = 0; row < pushed; row++)
        {
            screen.Scrollback.Append(old.Row(row), old.IsWrapped(row));
        }

        screen.ScrolledRows += pushed;
        var grid = new Grid(old.Columns, rows);
        int pulled = rows > old.Rows && used == old.Rows ? Math.Min(Math.Max(0, rows - old.Rows), screen.Scrollback.Count) : 0;
        TakeBack(screen, grid, pulled);
        for (int row = pushed; row < used; row++)
        {
            old.Row(row).CopyTo(grid.Row(row - pushed + pulled));
            grid.Flags(row - pushed + pulled) = old.Flags(row);
        }

        screen.Primary = grid;
        return (cursor.Row - pushed + pulled, cursor.Column, cursor.Pending);
    }

    /// <summary>The newest rows of the scrollback become the first of the grid.</summary>
    public static void TakeBack(Screen screen, Grid grid, int count)
    {
        for (int row = count - 1; row >= 0; row--)
        {
            long number = screen.Scrollback.FirstRow + screen.Scrollback.Count - 1;
            screen.Scrollback.Read(number, grid.Row(row), out bool wrapped);
            grid.Flags(row) = RowFlags.MayHaveWide | (wrapped ? RowFlags.Wrapped : RowFlags.None);
            screen.Scrollback.RemoveNewest();
        }
    }

    private static Grid Crop(Grid old, ClusterTable clusters, int columns, int rows, int cursorRow, out int dropped)
    {
        var grid = new Grid(columns, rows);
        dropped = Math.Max(0, cursorRow - rows + 1);
        int width = Math.Min(columns, old.Columns);
        for (int row = 0; row < Math.Min(rows, old.Rows - dropped); row++)
        {
            int source = row + dropped;
            if (columns != old.Columns)
            {
                old.DropSpacer(source);
            }

            if (width < old.Columns)
            {
                old.SplitWide(source, width);
            }

            old.Row(source)[..width].CopyTo(grid.Row(row));
            Clusters.CutAtEdge(grid, clusters, row);

            grid.Flags(row) = columns == old.Columns ? old.Flags(source) : old.Flags(source) & ~RowFlags.Wrapped;
        }

        return grid;
    }
}
