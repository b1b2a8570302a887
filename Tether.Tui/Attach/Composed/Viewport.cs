namespace Tether.Tui.Attach.Composed;

/// <summary>
/// Which part of a session's screen a terminal of another size shows: whole and centred when it fits, else a window that follows the cursor until it
/// is moved by hand.
/// </summary>
internal sealed class Viewport
{
    private const int PanColumns = 8;

    private bool _isPanned;

    /// <summary>The session's cell in the window's upper left corner.</summary>
    public int Row { get; private set; }

    public int Column { get; private set; }

    /// <summary>What of the session is seen.</summary>
    public int Rows { get; private set; }

    public int Columns { get; private set; }

    /// <summary>Where on the terminal it is drawn.</summary>
    public int Top { get; private set; }

    public int Left { get; private set; }

    /// <summary>Fits the window to the sizes and, unless it was moved by hand, to the cursor.</summary>
    public void Fit((int Columns, int Rows) session, (int Columns, int Rows) terminal, (int Row, int Column) cursor)
    {
        (Columns, Rows) = (Math.Min(session.Columns, terminal.Columns), Math.Min(session.Rows, terminal.Rows));
        (Left, Top) = ((terminal.Columns - Columns) / 2, (terminal.Rows - Rows) / 2);
        if (!_isPanned)
        {
            Row = Follow(Row, Rows, cursor.Row);
            Column = Follow(Column, Columns, cursor.Column);
        }

        Row = Math.Clamp(Row, 0, session.Rows - Rows);
        Column = Math.Clamp(Column, 0, session.Columns - Columns);
    }

    /// <summary>Carries out one movement.</summary>
    public void Pan(PanKey key)
    {
        _isPanned = key != PanKey.Follow;
        switch (key)
        {
            case PanKey.Up: Row--; break;
            case PanKey.Down: Row++; break;
            case PanKey.Left: Column -= PanColumns; break;
            case PanKey.Right: Column += PanColumns; break;
            case PanKey.PageUp: Row -= Rows; break;
            case PanKey.PageDown: Row += Rows; break;
            case PanKey.Home: (Row, Column) = (0, 0); break;
            case PanKey.WheelUp: Row -= 3; break;
            case PanKey.WheelDown: Row += 3; break;
        }
    }

    // Moves no further than it must, so that the picture holds still while somebody types.
    private static int Follow(int start, int length, int position) =>
        position < start ? position : position >= start + length ? position - length + 1 : start;
}
