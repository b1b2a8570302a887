using System.Runtime.CompilerServices;
using Tether.Protocol.Terminal.Cells;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>
/// Wraps the primary screen and its scrollback anew for another width. Logical lines stream from old rows to new ones, which go
/// straight into a new scrollback; the last of them are then taken back as the screen.
/// </summary>
internal sealed class Reflow
{
    private readonly Scrollback _target;
    private readonly ClusterTable _clusters;
    private readonly ulong[] _row;
    private readonly PlaceList _places;
    private readonly long _firstRow;
    private int _column;
    private long _rows;
    private int _nextPlace;

    private Reflow(Screen screen, int columns)
    {
        // Room for the screen's rows too, however many they become.
        int rows = screen.Rows * ((screen.Columns / columns) + 2);
        _target = new Scrollback(screen.Tables, screen.Scrollback.MaxRows + rows, screen.Scrollback.FirstRow);
        _clusters = screen.Tables.Clusters;
        _row = new ulong[columns];
        _places = screen.PrimaryPlaces;
        _firstRow = screen.Scrollback.FirstRow;
    }

    public static (int Row, int Column, bool Pending) Apply(Screen screen, int columns, int rows, (int Row, int Column, bool Pending) cursor) =>
        new Reflow(screen, columns).Run(screen, rows, cursor);

    private (int Row, int Column, bool Pending) Run(Screen screen, int rows, (int Row, int Column, bool Pending) cursor)
    {
        Grid old = screen.Primary;
        long oldTop = screen.TopRow;
        _places.Keep(_firstRow, oldTop + old.Rows);
        CopyScrollback(screen);
        long top = _rows;
        bool pending = false;
        int used = Resizing.UsedRows(old, cursor.Row);
        (long Row, int Column) target = default;
        for (int row = 0; row < used; row++)
        {
            Span<ulong> cells = Contents(old.Row(row), old.IsWrapped(row));
            if (row == cursor.Row)
            {
                int column = cursor.Pending ? cursor.Column + 1 : cursor.Column;
                target = CopyWithCursor(cells, oldTop + row, column);

                // Right behind text that now fills its row: the next character does not belong on top of it.
                pending = target.Column == _row.Length && column <= cells.Length;
            }
            else
            {
                CopyWithPlaces(cells, 0, cells.Length, oldTop + row);
            }

            SettleBeyond(oldTop + row, cells.Length, old.IsWrapped(row));

            if (!old.IsWrapped(row) || row == used - 1)
            {
                EndLine(wrapped: false);
            }
        }

        SettleBelow(oldTop + used);
        bool wasFull = used == old.Rows;
        long first = wasFull ? Math.Max(0, _rows - rows) : Math.Max(top, _rows - rows);
        first = Math.Min(first, Math.Max(top, target.Row));
        for (; _rows - first > rows && _target.Count > 0; _rows--)
        {
            _target.RemoveNewest();
        }

        var grid = new Grid(_row.Length, rows);
        screen.Scrollback = _target;
        Resizing.TakeBack(screen, grid, (int)Math.Min(_rows - first, _target.Count));
        screen.Scrollback = _target.WithLimit(screen.Options.ScrollbackRows);
        screen.Primary = grid;
        screen.ScrolledRows += Math.Max(0, first - top);
        return ((int)Math.Max(0, target.Row - first), Math.Min(target.Column, _row.Length - 1), pending);
    }

    private void CopyScrollback(Screen screen)
    {
        Scrollback source = screen.Scrollback;
        ulong[] buffer = new ulong[screen.Columns];
        long end = source.FirstRow + source.Count;
        for (long number = source.FirstRow; number < end; number++)
        {
            int count = source.CellCount(number);
            if (count > buffer.Length)
            {
                buffer = new ulong[count];
            }

            source.Read(number, buffer, out bool wrapped);
            Span<ulong> cells = Contents(buffer.AsSpan(0, count), wrapped);
            CopyWithPlaces(cells, 0, cells.Length, number);
            SettleBeyond(number, cells.Length, wrapped);
            if (!wrapped)
            {
                EndLine(wrapped: false);
            }
        }
    }

    /// <summary>What of a row is text: all of it if it goes on, but for the spacer; else up to the last cell written.</summary>
    private static Span<ulong> Contents(Span<ulong> cells, bool wrapped)
    {
        int length = cells.LastIndexOfAnyExcept(0UL) + 1;
        if (wrapped && length > 0 && (cells[length - 1] & Cell.WidthMask) == Cell.SpacerBits)
        {
            length--;
        }

        return cells[..length];
    }

    private (long Row, int Column) CopyWithCursor(Span<ulong> cells, long number, int cursorColumn)
    {
        int before = Math.Min(cursorColumn, cells.Length);
        CopyWithPlaces(cells, 0, before, number);
        if (before < cells.Length && _column == _row.Length)
        {
            EndLine(wrapped: true);
        }

        int beyond = cursorColumn - before;
        (long, int) at = (_rows, Math.Min(_column + beyond, _row.Length));
        CopyWithPlaces(cells, before, cells.Length, number);
        return at;
    }

    /// <summary>Copies some cells of an old row; the places in them go along.</summary>
    private void CopyWithPlaces(ReadOnlySpan<ulong> cells, int from, int to, long number)
    {
        for (; Next() is { } place && place.Row == number && place.Column < to; _nextPlace++)
        {
            Copy(cells[from..place.Column]);
            from = place.Column;
            MakeRoom(cells[from]);
            Settle(place, _column);
        }

        Copy(cells[from..to]);
    }

    /// <summary>Places behind a row's text keep their distance; if the line goes on, they are where it does.</summary>
    private void SettleBeyond(long number, int length, bool wrapped)
    {
        if (wrapped)
        {
            foreach (Place place in _places.All[_nextPlace..])
            {
                if (place.Row != number)
                {
                    return;
                }

                place.Row++;
                place.Column = 0;
            }

            return;
        }

        for (; Next() is { } place && place.Row == number; _nextPlace++)
        {
            Settle(place, _column + place.Column - length);
        }
    }

    /// <summary>Places below all that is copied keep their distance too.</summary>
    private void SettleBelow(long firstRow)
    {
        foreach (Place place in _places.All[_nextPlace..])
        {
            place.Row += _firstRow + _rows - firstRow;
            place.Column = Math.Min(place.Column, _row.Length - 1);
        }
    }

    private Place? Next() => _nextPlace < _places.All.Length ? _places.All[_nextPlace] : null;

    private void Settle(Place place, int column)
    {
        place.Row = _firstRow + _rows;
        place.Column = Math.Min(column, _row.Length - 1);
    }

    private void Copy(ReadOnlySpan<ulong> cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            ulong cell = cells[i];
            if ((cell & Cell.WidthMask) == Cell.SpacerBits)
            {
                cell = (cell & Cell.StyleMask) | ' ';
            }

            if (_row.Length == 1 && IsOrWasWide(cell))
            {
                cell = (cell & Cell.StyleMask) | ' ';
            }

            int width = MakeRoom(cell);
            _row[_column++] = cell;
            if (width == 2 && i + 1 < cells.Length)
            {
                _row[_column++] = cells[++i];
            }
        }
    }

    /// <summary>Goes to the next row if the character does not fit; returns its width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int MakeRoom(ulong cell)
    {
        bool isWide = (cell & Cell.WidthMask) == Cell.WideBits;
        int room = _row.Length > 1 && (isWide || Clusters.IsNarrowed(_clusters, cell)) ? 2 : 1;
        if (_column + room > _row.Length)
        {
            if (_column < _row.Length)
            {
                _row[_column] = (cell & Cell.StyleMask) | Cell.SpacerBits;
            }

            EndLine(wrapped: true);
        }

        return isWide ? room : 1;
    }

    // In one column there is no place for it.
    private bool IsOrWasWide(ulong cell) => (cell & Cell.WidthMask) != 0 || Clusters.IsNarrowed(_clusters, cell);

    private void EndLine(bool wrapped)
    {
        _target.Append(_row, wrapped);
        Array.Clear(_row);
        _column = 0;
        _rows++;
    }
}
