using System.Text;
using Tether.Protocol.Terminal;

namespace Tether.Tui.Rendering;

/// <summary>
/// Turns frames into the fewest bytes that change a terminal from the last frame to the next. The terminal must be this renderer's alone
/// from <see cref="Forget"/> on.
/// </summary>
internal sealed class FrameRenderer
{
    // Writing so many unchanged cells again is no longer than moving the cursor over them.
    private const int CheapGap = 4;

    private readonly StringBuilder _output = new();
    private Frame? _last;
    private Style _style;
    private (int Row, int Column) _at;

    /// <summary>Nothing is known about the terminal any more: the next frame is drawn whole.</summary>
    public void Forget() => _last = null;

    /// <summary>The bytes for the next frame; none when nothing changed.</summary>
    public byte[] Render(Frame next)
    {
        _output.Clear();
        if (_last is null || _last.Columns != next.Columns || _last.Rows != next.Rows)
        {
            _output.Append("\e[m\e[H\e[2J");
            _last = new Frame(next.Columns, next.Rows);
            (_style, _at) = (default, (0, 0));
        }

        for (var row = 0; row < next.Rows; row++)
        {
            RenderRow(row, _last.Row(row), next.Row(row));
        }

        var isCursorMoved = next.Cursor != _last.Cursor;
        _last = next;
        if (_output.Length == 0 && !isCursorMoved)
        {
            return [];
        }

        SgrText.Append(_output, _style, default);
        _style = default;
        if (next.Cursor is { } cursor)
        {
            MoveTo(cursor.Row, cursor.Column);
        }

        // The cursor is hidden while it wanders; synchronized output spares the eye the rest.
        var body = _output.ToString();
        return Encoding.UTF8.GetBytes($"\e[?2026h\e[?25l{body}{(next.Cursor is null ? "" : "\e[?25h")}\e[?2026l");
    }

    private void RenderRow(int row, ReadOnlySpan<FrameCell> old, ReadOnlySpan<FrameCell> next)
    {
        var end = next.Length;
        while (end > 0 && next[end - 1].IsErased)
        {
            end--;
        }

        for (var column = 0; column < end;)
        {
            if (IsSame(old[column], next[column]) && IsWhole(old, next, column))
            {
                column++;
                continue;
            }

            // A wide character is written from its head.
            column -= column > 0 && next[column].Width == CellWidth.Tail ? 1 : 0;
            Approach(row, column, next);
            Write(next[column]);
            column += next[column].Width == CellWidth.Wide && column + 1 < next.Length ? 2 : 1;
        }

        if (!AllErased(old[end..]))
        {
            MoveTo(row, end);
            SgrText.Append(_output, _style, default);
            _style = default;
            _output.Append("\e[K");
        }
    }

    private static bool IsSame(FrameCell old, FrameCell next) => old == next || (old.IsErased && next.IsErased);

    // Overwriting half of a wide character on the terminal takes its other half too.
    private static bool IsWhole(ReadOnlySpan<FrameCell> old, ReadOnlySpan<FrameCell> next, int column) =>
        (old[column].Width != CellWidth.Wide || column + 1 == old.Length || old[column + 1] == next[column + 1])
        && (old[column].Width != CellWidth.Tail || column == 0 || old[column - 1] == next[column - 1]);

    private static bool AllErased(ReadOnlySpan<FrameCell> cells)
    {
        foreach (var cell in cells)
        {
            if (!cell.IsErased)
            {
                return false;
            }
        }

        return true;
    }

    private void Approach(int row, int column, ReadOnlySpan<FrameCell> cells)
    {
        var gap = column - _at.Column;
        if (_at.Row == row && gap is > 0 and <= CheapGap && cells[_at.Column].Width != CellWidth.Tail && SameStyle(cells[_at.Column..column]))
        {
            foreach (var cell in cells[_at.Column..column])
            {
                cell.AppendTo(_output);
            }

            _at.Column = column;
            return;
        }

        MoveTo(row, column);
    }

    private bool SameStyle(ReadOnlySpan<FrameCell> cells)
    {
        foreach (var cell in cells)
        {
            if (cell.Style != _style)
            {
                return false;
            }
        }

        return true;
    }

    private void MoveTo(int row, int column)
    {
        if (_at == (row, column))
        {
            return;
        }

        if (row == _at.Row + 1 && column == 0)
        {
            _output.Append("\r\n");
        }
        else
        {
            _output.Append("\e[").Append(row + 1);
            _output.Append(column == 0 ? "" : $";{column + 1}").Append('H');
        }

        _at = (row, column);
    }

    private void Write(FrameCell cell)
    {
        SgrText.Append(_output, _style, cell.Style);
        _style = cell.Style;
        cell.AppendTo(_output);
        _at.Column += cell.Width == CellWidth.Wide ? 2 : 1;

        // Behind the last column terminals disagree about where the cursor is.
        if (_last is not null && _at.Column >= _last.Columns)
        {
            _at = (-1, -1);
        }
    }
}
