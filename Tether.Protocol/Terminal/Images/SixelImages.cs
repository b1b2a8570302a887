using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Images;

/// <summary>Where sixel images go, and the cursor after them; as xterm does it.</summary>
internal static class SixelImages
{
    public static void Show(Screen screen, PixelSize size)
    {
        if (!size.IsKnown)
        {
            return;
        }

        TerminalOptions options = screen.Options;
        int columns = CellCount.Of(size.Width, options.CellWidth);
        int rows = CellCount.Of(size.Height, options.CellHeight);
        bool scrolls = !screen.Modes[TerminalMode.SixelDisplay];
        ImageArea area = scrolls ? ImageArea.AtCursor(screen, columns, rows) : ImageArea.Clipped(screen, 0, 0, columns, rows);
        area.Cover(screen, Placeholder.StyleOf(null));
        area.Announce(screen, ImageKind.Sixel, size);
        if (scrolls)
        {
            MoveCursor(screen, area, columns);
        }

        ImageArea.Separate(screen);
    }

    /// <summary>To the row of the last pixels: below the image's left edge, or right of it (?8452), where that is no column in the next row.</summary>
    private static void MoveCursor(Screen screen, ImageArea area, int columns)
    {
        int limit = Printing.Limit(screen);
        int column = screen.Modes[TerminalMode.SixelScrollsRight] ? area.Column + columns : area.Column;
        screen.MoveTo(area.LastRow, Math.Min(column, limit - 1));
        if (column >= limit)
        {
            CursorMovement.Index(screen);
            screen.Column = area.Column >= screen.Left ? screen.Left : 0;
        }
    }
}
