using System.Runtime.CompilerServices;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>
/// The visible rows of one screen. Rows are reached through a table of indices, so that scrolling moves indices, not cells.
/// Coordinates are 0-based; "to" is exclusive.
/// </summary>
internal sealed class Grid
{
    private readonly ulong[] _cells;
    private readonly int[] _order;
    private readonly RowFlags[] _flags;
    private readonly long[] _changedAt;

    public Grid(int columns, int rows)
    {
        Columns = columns;
        Rows = rows;
        _cells = new ulong[columns * rows];
        _order = new int[rows];
        _flags = new RowFlags[rows];
        _changedAt = new long[rows];
        for (int row = 0; row < rows; row++)
        {
            _order[row] = row;
        }
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>All cells, rows in no particular order.</summary>
    public Span<ulong> Cells => _cells;

    /// <summary>Stamped on every row that changes; the owner raises it.</summary>
    public long Stamp { get; set; } = 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<ulong> Row(int row) => _cells.AsSpan(_order[row] * Columns, Columns);

    /// <summary>Flags belong to the row's contents and move with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref RowFlags Flags(int row) => ref _flags[_order[row]];

    public long ChangedAt(int row) => _changedAt[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Touch(int row) => _changedAt[row] = Stamp;

    public void TouchAll() => _changedAt.AsSpan().Fill(Stamp);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TouchRange(int top, int bottom) => _changedAt.AsSpan(top, bottom - top).Fill(Stamp);

    public bool IsWrapped(int row) => (Flags(row) & RowFlags.Wrapped) != 0;

    public void SetWrapped(int row, bool wrapped)
    {
        ref RowFlags flags = ref Flags(row);
        flags = wrapped ? flags | RowFlags.Wrapped : flags & ~RowFlags.Wrapped;
    }

    /// <summary>Moves rows top..bottom up by <paramref name="count"/>; the rows that come in are filled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ScrollUp(int top, int bottom, int count, ulong fill)
    {
        Rotate(top, bottom, Math.Min(count, bottom - top));
        for (int row = Math.Max(top, bottom - count); row < bottom; row++)
        {
            ClearRow(row, fill);
        }

        TouchRange(top, bottom);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ScrollDown(int top, int bottom, int count, ulong fill)
    {
        count = Math.Min(count, bottom - top);
        Rotate(top, bottom, bottom - top - count);
        for (int row = top; row < top + count; row++)
        {
            ClearRow(row, fill);
        }

        TouchRange(top, bottom);
    }

    /// <summary>As <see cref="ScrollUp"/> within columns left..right; negative counts go down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ScrollColumns(int top, int bottom, int left, int right, int count, ulong fill)
    {
        int step = Math.Sign(count);
        int height = bottom - top;
        int moved = Math.Max(0, height - Math.Abs(count));
        for (int row = top; row < bottom; row++)
        {
            DropSpacer(row);
            SplitWide(row, left);
            SplitWide(row, right);
        }

        for (int i = 0; i < moved; i++)
        {
            int to = step > 0 ? top + i : bottom - 1 - i;
            Row(to + count)[left..right].CopyTo(Row(to)[left..right]);
            Flags(to) |= Flags(to + count) & RowFlags.MayHaveWide;
        }

        for (int i = moved; i < height; i++)
        {
            Row(step > 0 ? top + i : bottom - 1 - i)[left..right].Fill(fill);
        }

        TouchRange(top, bottom);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ClearRow(int row, ulong fill)
    {
        Row(row).Fill(fill);
        Flags(row) = RowFlags.None;
        Touch(row);
    }

    /// <summary>Overwrites cells from..to with blanks. A wide character cut by an edge goes altogether.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Erase(int row, int from, int to, ulong fill)
    {
        if (from >= to)
        {
            return;
        }

        SplitWide(row, from);
        SplitWide(row, to);
        Row(row)[from..to].Fill(fill);
        Touch(row);
        if (to == Columns)
        {
            SetWrapped(row, false);
        }
    }

    /// <summary>Inserts blanks at <paramref name="column"/>; cells pushed past <paramref name="right"/> are lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void InsertCells(int row, int column, int right, int count, ulong fill)
    {
        count = Math.Min(count, right - column);
        DropSpacer(row);
        SplitWide(row, column);
        SplitWide(row, right);
        SplitWide(row, right - count);
        Span<ulong> cells = Row(row)[column..right];
        cells[..^count].CopyTo(cells[count..]);
        cells[..count].Fill(fill);
        Touch(row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DeleteCells(int row, int column, int right, int count, ulong fill)
    {
        count = Math.Min(count, right - column);
        DropSpacer(row);
        SplitWide(row, column);
        SplitWide(row, column + count);
        SplitWide(row, right);
        Span<ulong> cells = Row(row)[column..right];
        cells[count..].CopyTo(cells);
        cells[^count..].Fill(fill);
        Touch(row);
        if (right == Columns)
        {
            SetWrapped(row, false);
        }
    }

    /// <summary>If a wide character lies across the left edge of <paramref name="column"/>, both halves become blanks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SplitWide(int row, int column)
    {
        if (column <= 0 || column >= Columns || (Flags(row) & RowFlags.MayHaveWide) == 0)
        {
            return;
        }

        Span<ulong> cells = Row(row);
        if ((cells[column] & Cell.WidthMask) == Cell.TailBits)
        {
            cells[column] = (cells[column] & Cell.StyleMask) | ' ';
            cells[column - 1] = (cells[column - 1] & Cell.StyleMask) | ' ';
        }
    }

    /// <summary>A row whose cells move has no wide character that wrapped at its end any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DropSpacer(int row)
    {
        ref ulong last = ref Row(row)[^1];
        if ((last & Cell.WidthMask) == Cell.SpacerBits)
        {
            last &= Cell.StyleMask;
            last |= last == 0 ? 0UL : ' ';
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rotate(int top, int bottom, int by)
    {
        if (by == 0 || by == bottom - top)
        {
            return;
        }

        Span<int> order = _order.AsSpan(top, bottom - top);
        if (by == 1)
        {
            int first = order[0];
            order[1..].CopyTo(order);
            order[^1] = first;
            return;
        }

        order[..by].Reverse();
        order[by..].Reverse();
        order.Reverse();
    }
}
