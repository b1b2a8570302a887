using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Terminal.Unicode;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Controls;

/// <summary>Several lines to write in, wrapped at words. Enter is left to whoever holds it; Shift, Alt or Control with it, and Ctrl-J, begin a new line.</summary>
internal sealed class TextArea : View
{
    private readonly TextLine _line = new();
    private int _firstRow;
    private int _columns = 80;

    /// <summary>What may be written while nothing is.</summary>
    public string Placeholder { get; init; } = "";

    /// <summary>Setting it puts the cursor at its end.</summary>
    public string Text
    {
        get => _line.Text;
        set => _line.Set(value);
    }

    /// <summary>In UTF-16 units.</summary>
    public int Cursor => _line.Cursor;

    /// <summary>How many rows the text takes at a width, with room for the cursor.</summary>
    public int RowsAt(int columns) => Wrap(_line.Text, columns).Count;

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        canvas.Fill(scheme.Text);
        if (canvas.Columns == 0 || canvas.Rows == 0)
        {
            return;
        }

        _columns = canvas.Columns;
        var rows = Wrap(_line.Text, _columns);
        var cursor = RowOf(rows, _line.Cursor);
        _firstRow = Math.Clamp(_firstRow, Math.Max(0, cursor - canvas.Rows + 1), cursor);
        if (_line.Text.Length == 0)
        {
            canvas.Write(0, 0, TextWidth.Cut(Placeholder, _columns), scheme.Muted);
        }

        for (var row = 0; row < canvas.Rows && _firstRow + row < rows.Count; row++)
        {
            var (start, length) = rows[_firstRow + row];
            canvas.Write(row, 0, _line.Text.AsSpan(start, length), scheme.Text);
        }

        if (HasFocus)
        {
            canvas.PutCursor(cursor - _firstRow, Math.Min(_columns - 1, ColumnOf(rows[cursor], _line.Cursor)), CursorShape.SteadyBar);
        }
    }

    public override bool TakeKey(in KeyPress press)
    {
        if (press.Action == KeyAction.Release)
        {
            return false;
        }

        var held = press.Modifiers & ~KeyModifiers.Locks;
        var breaks = (press.Key == Key.Enter && held != 0) || (press is { Key: Key.Character, CodePoint: 'j' } && held == KeyModifiers.Control);
        if (breaks)
        {
            _line.Insert("\n", isOneLine: false);
            return true;
        }

        return press.Key switch
        {
            Key.Up when held == 0 => MoveBy(-1),
            Key.Down when held == 0 => MoveBy(1),
            _ => _line.Take(press),
        };
    }

    public override bool TakePaste(string text)
    {
        _line.Insert(text, isOneLine: false);
        return true;
    }

    public override bool TakeMouse(in MouseEvent mouse)
    {
        if (mouse is not { Action: MouseAction.Press, Button: 1 })
        {
            return false;
        }

        var rows = Wrap(_line.Text, _columns);
        MoveTo(rows[Math.Clamp(_firstRow + mouse.Row, 0, rows.Count - 1)], mouse.Column);
        return true;
    }

    // Where each row begins in the text and how long it is, without the line break or blank it ended with.
    private static List<(int Start, int Length)> Wrap(string text, int columns)
    {
        var rows = new List<(int, int)>();
        var start = 0;
        while (true)
        {
            var line = text.IndexOf('\n', start) is var found and >= 0 ? found : text.Length;
            var fits = start + TextWidth.LengthWithin(text.AsSpan(start, line - start), columns);
            if (fits == line)
            {
                rows.Add((start, line - start));
                if (line == text.Length)
                {
                    return rows;
                }

                start = line + 1;
                continue;
            }

            fits = fits == start ? start + DisplayWidth.NextCluster(text.AsSpan(start), out _) : fits;
            var blank = text[fits] == ' ' ? fits : text.LastIndexOf(' ', fits - 1, fits - start);
            var end = blank > start ? blank : fits;
            rows.Add((start, end - start));
            start = blank > start ? end + 1 : end;
        }
    }

    private static int RowOf(List<(int Start, int Length)> rows, int cursor)
    {
        var row = rows.Count - 1;
        while (row > 0 && rows[row].Start > cursor)
        {
            row--;
        }

        return row;
    }

    private int ColumnOf((int Start, int Length) row, int cursor) => TextWidth.Of(_line.Text.AsSpan(row.Start, cursor - row.Start));

    // False at the first and the last row: whoever holds the area may go on.
    private bool MoveBy(int by)
    {
        var rows = Wrap(_line.Text, _columns);
        var row = RowOf(rows, _line.Cursor);
        if (row + by < 0 || row + by >= rows.Count)
        {
            return false;
        }

        MoveTo(rows[row + by], ColumnOf(rows[row], _line.Cursor));
        return true;
    }

    private void MoveTo((int Start, int Length) row, int column) =>
        _line.MoveTo(row.Start + TextWidth.LengthWithin(_line.Text.AsSpan(row.Start, row.Length), column));
}
