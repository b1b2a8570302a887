using Tether.Protocol.Terminal.Screens;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Images;

/// <summary>The cells that an image covers, and how they are covered.</summary>
internal readonly record struct ImageArea(int Row, int Column, int Columns, int Rows)
{
    public int LastRow => Row + Rows - 1;

    /// <summary>The area of an image at the cursor, scrolled into view; of one taller than the margins allow, its lower part.</summary>
    public static ImageArea AtCursor(Screen screen, int columns, int rows)
    {
        int row = screen.Row;
        int column = screen.Column;
        bool scrolls = row >= screen.Top && row < screen.Bottom && column >= screen.Left && column < screen.Right;
        if (!scrolls)
        {
            return Clipped(screen, row, column, columns, rows);
        }

        // More than a screenful looks the same as one.
        int height = screen.Bottom - screen.Top;
        int excess = Math.Min(row + rows - screen.Bottom, height);
        if (excess > 0)
        {
            Scrolling.Up(screen, excess);
        }

        rows = Math.Min(rows, height);
        return new ImageArea(Math.Min(row, screen.Bottom - rows), column, Math.Min(columns, screen.Right - column), rows);
    }

    /// <summary>The area of an image there, as far as it is above the bottom and left of the right margin.</summary>
    public static ImageArea Clipped(Screen screen, int row, int column, int columns, int rows)
    {
        int bottom = row < screen.Bottom ? screen.Bottom : screen.Rows;
        int limit = column < screen.Right ? screen.Right : screen.Columns;
        return new ImageArea(row, column, Math.Min(columns, limit - column), Math.Min(rows, bottom - row));
    }

    /// <param name="screen">Where.</param>
    /// <param name="style">Of the placeholders.</param>
    /// <param name="underText">True for an image below the text: only blanks show it.</param>
    public void Cover(Screen screen, in Style style, bool underText = false)
    {
        ulong cell = ((ulong)TableSweeper.Number(screen, style) << Cell.StyleShift) | Placeholder.Glyph;
        for (int row = Row; row < Row + Rows; row++)
        {
            if (underText)
            {
                CoverBlanks(screen, row, cell);
            }
            else
            {
                screen.Grid.Erase(row, Column, Column + Columns, cell);
            }
        }
    }

    /// <summary>Puts the cursor; what comes next joins nothing printed before.</summary>
    public static void MoveCursor(Screen screen, int row, int column)
    {
        screen.MoveTo(row, column);
        Separate(screen);
    }

    public static void Separate(Screen screen)
    {
        screen.ClusterState = GraphemeBreaker.Start;
        screen.LastPrinted = 0;
    }

    public void Announce(Screen screen, ImageKind kind, PixelSize size)
    {
        if (screen.Output.Listens)
        {
            long row = screen.Scrollback.FirstRow + screen.Scrollback.Count + Row;
            screen.Output.Raise(new TerminalEvent.ImageShown(kind, size.Width, size.Height, Columns, Rows, row));
        }
    }

    private void CoverBlanks(Screen screen, int row, ulong cell)
    {
        for (int column = Column; column < Column + Columns; column++)
        {
            ulong old = screen.Grid.Row(row)[column];
            if ((old & Cell.WidthMask) == 0 && (old & Cell.ContentMask) is 0 or ' ')
            {
                screen.Grid.Erase(row, column, column + 1, cell);
            }
        }
    }
}
