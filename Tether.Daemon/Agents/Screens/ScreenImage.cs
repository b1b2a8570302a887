using System.Buffers;
using System.Text.RegularExpressions;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Cells;

namespace Tether.Daemon.Agents.Screens;

/// <summary>
/// The text of a screen in one piece, its rows joined by line feeds, trailing blanks cut: what rules are matched against. Its buffer is used again for the
/// next screen. Owned by one thread.
/// </summary>
internal sealed class ScreenImage
{
    // A line this wide, made of nothing else, divides a screen.
    private const int ShortestRule = 10;

    private static readonly SearchValues<char> RuleLetters = SearchValues.Create("─━═╌╍┄┅┈┉-—▔▁▀▄");

    private char[] _text = new char[4096];
    private int[] _starts = new int[64];
    private int _rows;
    private int _length;

    public int CursorRow { get; private set; }

    public ReadOnlySpan<char> All => _text.AsSpan(0, _length);

    /// <summary>Takes the picture of what an emulator shows.</summary>
    public void Take(TerminalEmulator emulator)
    {
        Begin(emulator.Rows, emulator.Cursor.Row);
        for (var row = 0; row < emulator.Rows; row++)
        {
            _starts[row] = _length;
            var view = emulator.RowAt(emulator.TopRow + row);
            var cells = view.Cells[..view.UsedLength];
            Reserve(cells.Length * 2);
            foreach (var cell in cells)
            {
                if (cell is { IsCluster: false, Width: CellWidth.Narrow, CodePoint: < 0xD800 })
                {
                    _text[_length++] = cell.CodePoint == 0 ? ' ' : (char)cell.CodePoint;
                }
                else
                {
                    Add(emulator.GetText(cell));
                }
            }

            EndRow(_starts[row]);
        }
    }

    /// <summary>Takes rows as they are, as of a fixture.</summary>
    public void Take(ScreenText screen)
    {
        Begin(screen.Rows.Length, screen.CursorRow);
        for (var row = 0; row < screen.Rows.Length; row++)
        {
            _starts[row] = _length;
            Add(screen.Rows[row]);
            EndRow(_starts[row]);
        }
    }

    /// <param name="region">One of the screen's.</param>
    /// <param name="turn">What a line that begins a turn looks like; null when nothing is known of it.</param>
    public ReadOnlySpan<char> Region(ScreenRegion region, ScreenPattern? turn) => region.Kind switch
    {
        RegionKind.Bottom => From(BottomRow(region.Lines)),
        RegionKind.AfterRule => From(LastRow(IsRule) + 1),
        RegionKind.Turn when turn is not null => From(Math.Max(0, LastRow(turn.IsMatch))),
        RegionKind.Cursor => Between(Math.Max(0, CursorRow - region.Lines), Math.Min(_rows, CursorRow + region.Lines + 1)),
        _ => All,
    };

    private void Begin(int rows, int cursorRow)
    {
        _length = 0;
        _rows = rows;
        CursorRow = cursorRow;
        if (_starts.Length < rows)
        {
            _starts = new int[rows];
        }
    }

    private void Add(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private void EndRow(int start)
    {
        while (_length > start && _text[_length - 1] == ' ')
        {
            _length--;
        }

        Reserve(1);
        _text[_length++] = '\n';
    }

    private void Reserve(int more)
    {
        if (_text.Length < _length + more)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + more));
        }
    }

    private ReadOnlySpan<char> Row(int row) => _text.AsSpan(_starts[row], End(row) - _starts[row]);

    private int End(int row) => (row + 1 < _rows ? _starts[row + 1] : _length) - 1;

    private ReadOnlySpan<char> From(int row) => Between(row, _rows);

    private ReadOnlySpan<char> Between(int first, int end) => first >= end ? default : _text.AsSpan(_starts[first], End(end - 1) + 1 - _starts[first]);

    private int BottomRow(int lines)
    {
        var row = _rows;
        while (row > 0 && lines > 0)
        {
            lines -= Row(--row).IsEmpty ? 0 : 1;
        }

        return row;
    }

    private int LastRow(RowTest test)
    {
        var row = _rows - 1;
        while (row >= 0 && !test(Row(row)))
        {
            row--;
        }

        return row;
    }

    private static bool IsRule(ReadOnlySpan<char> row)
    {
        row = row.Trim(' ');
        return row.Length >= ShortestRule && !row.ContainsAnyExcept(RuleLetters);
    }

    private delegate bool RowTest(ReadOnlySpan<char> row);
}
