namespace Tether.Protocol.Terminal.Screens;

/// <summary>Tells the places of the screen shown what happens to its rows. Rows count from its top; all cost next to nothing where no place is.</summary>
internal static class PlaceMoves
{
    /// <summary>Rows moved within a region, down or (negative) up.</summary>
    public static void Rows(Screen screen, int top, int bottom, int by)
    {
        if (screen.Places.ReachesTo(screen.PlaceTop + top))
        {
            screen.Places.MoveRows(screen.PlaceTop + top, screen.PlaceTop + bottom, by);
        }
    }

    /// <summary>As <see cref="Rows"/> between the left and right margin.</summary>
    public static void Columns(Screen screen, int top, int by)
    {
        if (screen.Places.ReachesTo(screen.PlaceTop + top))
        {
            screen.Places.MoveRows(screen.PlaceTop + top, screen.PlaceTop + screen.Bottom, by, screen.Left, screen.Right);
        }
    }

    /// <summary>Cells of a row moved right, or (negative) left.</summary>
    public static void Cells(Screen screen, int row, int column, int right, int by)
    {
        if (screen.Places.ReachesTo(screen.PlaceTop + row))
        {
            screen.Places.MoveCells(screen.PlaceTop + row, column, right, by);
        }
    }

    /// <summary>Rows left the top of the primary screen; those below the margin stayed where they were, so that their numbers rise.</summary>
    public static void BelowMargin(Screen screen, int sealedRows)
    {
        long first = screen.TopRow - sealedRows + screen.Bottom;
        if (screen.Places.ReachesTo(first))
        {
            screen.Places.MoveRows(first, long.MaxValue, sealedRows);
        }
    }

    /// <summary>Rows were erased from edge to edge.</summary>
    public static void Erased(Screen screen, int top, int bottom)
    {
        if (screen.Places.ReachesTo(screen.PlaceTop + top))
        {
            screen.Places.RemoveMarks(screen.PlaceTop + top, screen.PlaceTop + bottom);
        }
    }

    /// <summary>The whole screen began anew.</summary>
    public static void Cleared(Screen screen) => screen.Places.Keep(long.MinValue, screen.PlaceTop);
}
