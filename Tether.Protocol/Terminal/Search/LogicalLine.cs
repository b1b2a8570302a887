using Tether.Protocol.Terminal.Cells;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Search;

/// <summary>
/// The text of rows that autowrap made of one line, and which cell each of its characters is in. A blank cell is a space; what autowrap
/// left at the end of a row because a wide character did not fit is no text; blanks at the line's end are left out.
/// </summary>
/// <param name="screen">Whose rows.</param>
/// <param name="firstRow">Absolute number of the first row that can be read.</param>
/// <param name="endRow">The one behind the last.</param>
internal sealed class LogicalLine(Screen screen, long firstRow, long endRow)
{
    // A program that never breaks its lines could fill the scrollback with one: it is cut, and what lies across a cut is not found.
    private const int MaxCells = 1 << 20;

    private const ulong Odd = Cell.ClusterBit | Cell.WidthMask | (Cell.CodePointMask & ~0x7FUL);

    private readonly int _maxRows = Math.Max(1, MaxCells / screen.Columns);
    private readonly ulong[] _row = new ulong[screen.Columns];
    private char[] _text = new char[256];
    private int _length;

    // Made when the first match asks.
    private int[] _cells = [];
    private bool _isMapped;

    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    public long FirstRow { get; private set; }

    /// <summary>The row behind the last one.</summary>
    public long EndRow { get; private set; }

    /// <summary>Reads the line that a row belongs to.</summary>
    public void Read(long row)
    {
        long start = row;
        while (start > firstRow && IsWrapped(start - 1))
        {
            start--;
        }

        FirstRow = start + ((row - start) / _maxRows * _maxRows);
        EndRow = FirstRow;
        _length = 0;
        _isMapped = false;
        bool goesOn = true;
        while (goesOn && EndRow < endRow && EndRow - FirstRow < _maxRows)
        {
            goesOn = ReadRow(EndRow++);
            AppendText();
        }

        _length = _text.AsSpan(0, _length).LastIndexOfAnyExcept(' ') + 1;
    }

    /// <summary>The cells that some characters are in.</summary>
    public SearchMatch CellsOf(int start, int length)
    {
        if (!_isMapped)
        {
            Map();
        }

        int columns = screen.Columns;
        int first = _cells[start];
        int last = _cells[start + length - 1];
        return new SearchMatch(FirstRow + (first / columns), first % columns, FirstRow + (last / columns), LastColumn(last));
    }

    private int LastColumn(int cell)
    {
        int column = cell % screen.Columns;
        ReadRow(FirstRow + (cell / screen.Columns));
        return (_row[column] & Cell.WidthMask) == Cell.WideBits ? column + 1 : column;
    }

    private bool IsWrapped(long row) =>
        row < screen.TopRow ? screen.Scrollback.IsWrapped(row) : screen.Grid.IsWrapped((int)(row - screen.TopRow));

    private bool ReadRow(long row)
    {
        if (row < screen.TopRow)
        {
            screen.Scrollback.ReadContents(row, _row, out bool wrapped);
            return wrapped;
        }

        int index = (int)(row - screen.TopRow);
        screen.Grid.Row(index).CopyTo(_row);
        return screen.Grid.IsWrapped(index);
    }

    private void AppendText()
    {
        int at = _length;
        Reserve(at + _row.Length);
        char[] text = _text;
        for (int column = 0; column < _row.Length; column++)
        {
            ulong cell = _row[column];
            if ((cell & Odd) == 0)
            {
                char character = (char)(cell & 0x7F);
                text[at++] = character == 0 ? ' ' : character;
                continue;
            }

            if ((cell & Cell.TailBits) == 0)
            {
                at = AppendOdd(cell, at, _row.Length - column - 1);
                text = _text;
            }
        }

        _length = at;
    }

    private int AppendOdd(ulong cell, int at, int columnsLeft)
    {
        if ((cell & Cell.ClusterBit) == 0)
        {
            Reserve(at + columnsLeft + 2);
            return AppendCodePoint((int)(cell & Cell.CodePointMask), at);
        }

        Span<int> codePoints = stackalloc int[ClusterTable.MaxCodePoints];
        int count = screen.Tables.Clusters.CopyCodePoints((int)(cell & Cell.CodePointMask), codePoints);
        Reserve(at + (count * 2) + columnsLeft);
        foreach (int codePoint in codePoints[..count])
        {
            at = AppendCodePoint(codePoint, at);
        }

        return at;
    }

    private int AppendCodePoint(int codePoint, int at)
    {
        if (codePoint < 0x10000)
        {
            // A wide blank does not exist, but nothing must come of it if it did.
            _text[at] = codePoint == 0 ? ' ' : (char)codePoint;
            return at + 1;
        }

        _text[at] = (char)(0xD800 + ((codePoint - 0x10000) >> 10));
        _text[at + 1] = (char)(0xDC00 + (codePoint & 0x3FF));
        return at + 2;
    }

    /// <summary>Reads the rows again, this time for the number of each character's cell, counted from the line's first.</summary>
    private void Map()
    {
        _isMapped = true;
        if (_cells.Length < _text.Length)
        {
            _cells = new int[_text.Length];
        }

        int at = 0;
        int first = 0;
        for (long row = FirstRow; row < EndRow; row++, first += _row.Length)
        {
            ReadRow(row);
            for (int column = 0; column < _row.Length; column++)
            {
                int length = TextLength(_row[column]);
                _cells.AsSpan(at, length).Fill(first + column);
                at += length;
            }
        }
    }

    private int TextLength(ulong cell)
    {
        if ((cell & Odd) == 0)
        {
            return 1;
        }

        if ((cell & Cell.TailBits) != 0)
        {
            return 0;
        }

        if ((cell & Cell.ClusterBit) == 0)
        {
            return (cell & Cell.CodePointMask) < 0x10000 ? 1 : 2;
        }

        Span<int> codePoints = stackalloc int[ClusterTable.MaxCodePoints];
        int count = screen.Tables.Clusters.CopyCodePoints((int)(cell & Cell.CodePointMask), codePoints);
        int length = count;
        foreach (int codePoint in codePoints[..count])
        {
            length += codePoint < 0x10000 ? 0 : 1;
        }

        return length;
    }

    private void Reserve(int size)
    {
        if (size > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(size, _text.Length * 2));
        }
    }
}
