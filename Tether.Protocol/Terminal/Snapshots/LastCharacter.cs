using Tether.Protocol.Terminal.Cells;
using Tether.Protocol.Terminal.Screens;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>
/// The character that the program printed last, where nothing but SGR came after it: a mark or joiner that comes next still joins it, and REP
/// repeats it. So a snapshot prints it again as the very last thing. Left out where that could change the screen: in insert mode, ASCII
/// under a charset, where a selector narrowed it, at an edge without autowrap.
/// </summary>
internal static class LastCharacter
{
    /// <summary>Cursor and pen are as they must be, and are so again afterwards.</summary>
    /// <param name="emulator">Whose character.</param>
    /// <param name="text">Where to.</param>
    /// <param name="isSameEmulator">False for a terminal that may give some characters another width: it gets none of those.</param>
    public static void Write(TerminalEmulator emulator, ref SnapshotText text, bool isSameEmulator)
    {
        Screen screen = emulator.Screen;
        bool isRepeatable = screen.LastPrinted != 0;
        if ((!isRepeatable && screen.ClusterState == GraphemeBreaker.Start) || screen.Modes[TerminalMode.Insert])
        {
            return;
        }

        ReadOnlySpan<Cell> cells = emulator.RowAt(emulator.TopRow + screen.Row).Cells;
        int end = screen.PendingWrap ? screen.Column + 1 : screen.Column;
        int column = end > 1 && cells[end - 1].Width == CellWidth.Tail ? end - 2 : end - 1;
        var writer = new CellWriter(emulator, ref text);
        if (column < 0 || !IsSure(screen, column) || !CellWriter.HasText(cells[column]) || writer.IsNarrowed(cells[column]))
        {
            return;
        }

        Cell cell = cells[column];
        Style style = emulator.GetStyle(cell);
        bool fits = column + (cell.Width == CellWidth.Wide ? 2 : 1) == end;
        bool isLast = !isRepeatable || ((cell.Bits & (Cell.ContentMask | Cell.WidthMask)) == screen.LastPrinted && style == screen.Style);
        bool isTranslated = screen.Charsets.Translates && writer.FirstCodePoint(cell) < 0x80;
        if (!fits || !isLast || isTranslated || (!isSameEmulator && !writer.IsUndisputed(cell)) || cell.IsProtected != (screen.Protection != 0))
        {
            return;
        }

        CursorWriter.MoveTo(screen, column, ref text);
        text.SetStyle(style);
        text.SetLink(emulator.GetLink(cell));
        writer.WriteText(cell);
        text.SetLink(screen.Link);
        if (!isRepeatable)
        {
            // SGR ends what REP repeats, but not the cluster.
            text.SetStyle(screen.Style, always: true);
        }
    }

    // Without autowrap the cursor may be on the last character or behind it; and outside the margins of origin mode there is no way back.
    private static bool IsSure(Screen screen, int column) =>
        (screen.Modes.Autowrap || screen.Column != Printing.Limit(screen) - 1)
        && !(screen.Modes.Origin && column < screen.Left) && !CursorWriter.IsOutOfReach(screen);
}
