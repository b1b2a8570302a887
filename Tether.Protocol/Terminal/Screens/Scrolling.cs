using System.Runtime.CompilerServices;
namespace Tether.Protocol.Terminal.Screens;

/// <summary>Scrolls the region inside the margins, and inserts and deletes lines, columns and cells in it.</summary>
internal static class Scrolling
{
    /// <summary>Up by some rows. What leaves the top of the whole primary screen goes to the scrollback.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Up(Screen screen, int count)
    {
        if (!screen.IsFullWidth)
        {
            Columns(screen, screen.Top, count);
            return;
        }

        count = Math.Min(count, screen.Bottom - screen.Top);
        Grid grid = screen.Grid;
        if (screen.Top == 0 && !screen.IsAlternate)
        {
            for (int row = 0; row < count; row++)
            {
                screen.Scrollback.Append(grid.Row(row), grid.IsWrapped(row));
            }

            screen.ScrolledRows += count;
            if (screen.Bottom < screen.Rows)
            {
                PlaceMoves.BelowMargin(screen, count);
            }
        }
        else
        {
            if (screen.Top > 0)
            {
                grid.SetWrapped(screen.Top - 1, false);
            }

            PlaceMoves.Rows(screen, screen.Top, screen.Bottom, -count);
        }

        grid.ScrollUp(screen.Top, screen.Bottom, count, screen.Blank);
    }

    public static void Down(Screen screen, int count)
    {
        if (!screen.IsFullWidth)
        {
            Columns(screen, screen.Top, -count);
            return;
        }

        PlaceMoves.Rows(screen, screen.Top, screen.Bottom, count);
        screen.Grid.ScrollDown(screen.Top, screen.Bottom, count, screen.Blank);
        BreakWraps(screen, screen.Top);
    }

    /// <summary>IL.</summary>
    public static void InsertLines(Screen screen, int count)
    {
        if (!IsInside(screen))
        {
            return;
        }

        ToLineStart(screen);
        if (!screen.IsFullWidth)
        {
            Columns(screen, screen.Row, -count);
            return;
        }

        PlaceMoves.Rows(screen, screen.Row, screen.Bottom, count);
        screen.Grid.ScrollDown(screen.Row, screen.Bottom, count, screen.Blank);
        BreakWraps(screen, screen.Row);
    }

    /// <summary>DL.</summary>
    public static void DeleteLines(Screen screen, int count)
    {
        if (!IsInside(screen))
        {
            return;
        }

        ToLineStart(screen);
        if (!screen.IsFullWidth)
        {
            Columns(screen, screen.Row, count);
            return;
        }

        if (screen.Row > 0)
        {
            screen.Grid.SetWrapped(screen.Row - 1, false);
        }

        PlaceMoves.Rows(screen, screen.Row, screen.Bottom, -count);
        screen.Grid.ScrollUp(screen.Row, screen.Bottom, count, screen.Blank);
    }

    /// <summary>ICH.</summary>
    public static void InsertCells(Screen screen, int count)
    {
        if (screen.Column >= screen.Left && screen.Column < screen.Right)
        {
            screen.PendingWrap = false;
            Insert(screen, screen.Row, screen.Column, count);
        }
    }

    /// <summary>DCH.</summary>
    public static void DeleteCells(Screen screen, int count)
    {
        if (screen.Column >= screen.Left && screen.Column < screen.Right)
        {
            screen.PendingWrap = false;
            Delete(screen, screen.Row, screen.Column, count);
        }
    }

    /// <summary>DECIC: as ICH on every row of the region.</summary>
    public static void InsertColumns(Screen screen, int count)
    {
        if (IsInside(screen))
        {
            ShiftRight(screen, screen.Column, count);
        }
    }

    /// <summary>DECDC.</summary>
    public static void DeleteColumns(Screen screen, int count)
    {
        if (IsInside(screen))
        {
            ShiftLeft(screen, screen.Column, count);
        }
    }

    /// <summary>DECBI: left, or the region goes right at the left margin.</summary>
    public static void BackIndex(Screen screen)
    {
        if (screen.Column == screen.Left && IsInside(screen))
        {
            ShiftRight(screen, screen.Left, 1);
        }
        else if (screen.Column > 0)
        {
            screen.MoveTo(screen.Row, screen.Column - 1);
        }
    }

    /// <summary>DECFI.</summary>
    public static void ForwardIndex(Screen screen)
    {
        if (screen.Column == screen.Right - 1 && IsInside(screen))
        {
            ShiftLeft(screen, screen.Left, 1);
        }
        else if (screen.Column < screen.Columns - 1)
        {
            screen.MoveTo(screen.Row, screen.Column + 1);
        }
    }

    /// <summary>SL and SR (CSI SP @, CSI SP A): the region sideways.</summary>
    public static void Sideways(Screen screen, int columns)
    {
        if (!IsInside(screen))
        {
            return;
        }

        if (columns > 0)
        {
            ShiftLeft(screen, screen.Left, columns);
        }
        else
        {
            ShiftRight(screen, screen.Left, -columns);
        }
    }

    private static bool IsInside(Screen screen) => screen.Row >= screen.Top && screen.Row < screen.Bottom
        && screen.Column >= screen.Left && screen.Column < screen.Right;

    private static void ToLineStart(Screen screen)
    {
        screen.Column = screen.Left;
        screen.PendingWrap = false;
    }

    private static void ShiftRight(Screen screen, int column, int count)
    {
        for (int row = screen.Top; row < screen.Bottom; row++)
        {
            Insert(screen, row, column, count);
        }
    }

    private static void ShiftLeft(Screen screen, int column, int count)
    {
        for (int row = screen.Top; row < screen.Bottom; row++)
        {
            Delete(screen, row, column, count);
        }
    }

    private static void Insert(Screen screen, int row, int column, int count)
    {
        PlaceMoves.Cells(screen, row, column, screen.Right, count);
        screen.Grid.InsertCells(row, column, screen.Right, count, screen.Blank);
        Clusters.CutAtEdge(screen.Grid, screen.Tables.Clusters, row);
    }

    private static void Delete(Screen screen, int row, int column, int count)
    {
        PlaceMoves.Cells(screen, row, column, screen.Right, -count);
        screen.Grid.DeleteCells(row, column, screen.Right, count, screen.Blank);
    }

    private static void Columns(Screen screen, int top, int count)
    {
        PlaceMoves.Columns(screen, top, -count);
        screen.Grid.ScrollColumns(top, screen.Bottom, screen.Left, screen.Right, count, screen.Blank);
    }

    // Lines torn apart do not read on: neither into the row that came in, nor into the one that left.
    private static void BreakWraps(Screen screen, int top)
    {
        if (top > 0)
        {
            screen.Grid.SetWrapped(top - 1, false);
        }

        screen.Grid.SetWrapped(screen.Bottom - 1, false);
    }
}
