using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;

namespace Tether.Tui.Attach.Composed;

/// <summary>Draws a session's screen, or the part of it that fits, into a frame of the terminal's size, with a mark that says so.</summary>
internal static class Composer
{
    private static readonly Style MarkStyle = new(default, default, default, StyleFlags.Inverse);

    public static Frame Compose(TerminalEmulator session, Viewport viewport, (int Columns, int Rows) terminal, IReadOnlyList<string> overlay)
    {
        viewport.Fit((session.Columns, session.Rows), terminal, session.Cursor);
        var frame = new Frame(terminal.Columns, terminal.Rows);
        for (var row = 0; row < viewport.Rows; row++)
        {
            Copy(session, session.RowAt(session.TopRow + viewport.Row + row), viewport, frame.Row(viewport.Top + row));
        }

        frame.Cursor = Cursor(session, viewport);
        WriteMark(session, viewport, frame);
        for (var i = 0; i < Math.Min(overlay.Count, terminal.Rows); i++)
        {
            var line = overlay[i].PadRight(terminal.Columns);
            frame.Write(terminal.Rows - Math.Min(overlay.Count, terminal.Rows) + i, 0, line, MarkStyle);
        }

        return frame;
    }

    private static void Copy(TerminalEmulator session, RowView source, Viewport viewport, Span<FrameCell> target)
    {
        for (var column = 0; column < viewport.Columns; column++)
        {
            var cell = source.Cells[viewport.Column + column];
            var isCut = (cell.Width == CellWidth.Wide && column + 1 == viewport.Columns) || (cell.Width == CellWidth.Tail && column == 0);
            var style = session.GetStyle(cell);
            var isText = cell.IsCluster || session.IsImageCharacter(cell);
            target[viewport.Left + column] = isCut
                ? FrameCell.Of(' ', style)
                : new FrameCell(isText ? 0 : cell.CodePoint, isText ? session.GetText(cell) : null, cell.Width, style);
        }
    }

    private static (int Row, int Column)? Cursor(TerminalEmulator session, Viewport viewport)
    {
        var (row, column) = (session.Cursor.Row - viewport.Row, session.Cursor.Column - viewport.Column);
        var isSeen = session.IsCursorVisible && row >= 0 && row < viewport.Rows && column >= 0 && column < viewport.Columns;
        return isSeen ? (viewport.Top + row, viewport.Left + column) : null;
    }

    // In the lower right corner, unless the cursor is near it.
    private static void WriteMark(TerminalEmulator session, Viewport viewport, Frame frame)
    {
        var isWhole = viewport.Columns == session.Columns && viewport.Rows == session.Rows;
        var mark = isWhole
            ? $" {session.Columns}×{session.Rows} "
            : $" {viewport.Columns}×{viewport.Rows} of {session.Columns}×{session.Rows} ";
        var row = frame.Cursor is { } cursor && cursor.Row == frame.Rows - 1 ? 0 : frame.Rows - 1;
        if (mark.Length <= frame.Columns)
        {
            frame.Write(row, frame.Columns - mark.Length, mark, MarkStyle);
        }
    }
}
