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
        new Canvas(frame, new Area(viewport.Left, viewport.Top, viewport.Columns, viewport.Rows))
            .Draw(session, session.TopRow + viewport.Row, viewport.Column);
        frame.Cursor = Cursor(session, viewport);
        WriteMark(session, viewport, frame);
        for (var i = 0; i < Math.Min(overlay.Count, terminal.Rows); i++)
        {
            var line = overlay[i].PadRight(terminal.Columns);
            frame.Write(terminal.Rows - Math.Min(overlay.Count, terminal.Rows) + i, 0, line, MarkStyle);
        }

        return frame;
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
