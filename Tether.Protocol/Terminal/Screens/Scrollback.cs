using System.Runtime.CompilerServices;
namespace Tether.Protocol.Terminal.Screens;

/// <summary>Rows that left the top of the primary screen, sealed in pages; the oldest go when there are too many.</summary>
internal sealed class Scrollback(ScreenTables tables, int maxRows, long firstRow = 0)
{
    // Hostile rows can be thousands of bytes long; ordinary sessions stay far below.
    private const long MaxBytes = 64L << 20;

    // Rows differ in length, so pages do not fall free one for one.
    private const int MaxSpares = 4;

    private readonly List<SealedPage> _pages = [];
    private readonly RowSealer _sealer = new(tables);
    private readonly Stack<SealedPage> _spares = new();
    private int _firstPage;
    private long _bytes;

    /// <summary>Rows kept at most.</summary>
    public int MaxRows { get; private set; } = maxRows;

    /// <summary>Number of the oldest row kept.</summary>
    public long FirstRow { get; private set; } = firstRow;

    public int Count { get; private set; }

    /// <summary>Bytes that the pages take.</summary>
    public long ByteCount => _bytes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(ReadOnlySpan<ulong> cells, bool wrapped)
    {
        if (MaxRows == 0)
        {
            FirstRow++;
            return;
        }

        int length = _sealer.Encode(cells, wrapped, CurrentPage());
        SealedPage page = CurrentPage();
        if (!page.HasRoom(length))
        {
            page = AddPage(length);
            length = _sealer.Encode(cells, wrapped, page);
        }

        _bytes -= page.ByteCount;
        page.Add(_sealer.Encoded(length));
        _bytes += page.ByteCount;
        Count++;
        if (Count > MaxRows || _bytes > MaxBytes)
        {
            DropOldest(Count - MaxRows);
        }
    }

    public bool IsWrapped(long row) => Find(row, out int index).IsWrapped(index);

    /// <summary>Unpacks a row into <paramref name="cells"/> and returns how many it has; the rest is cleared.</summary>
    public int Read(long row, Span<ulong> cells, out bool wrapped)
    {
        SealedPage page = Find(row, out int index);
        wrapped = page.IsWrapped(index);
        int count = RowUnpacker.Unpack(page, index, cells, tables);
        cells[Math.Min(count, cells.Length)..].Clear();
        return count;
    }

    /// <summary>As <see cref="Read"/>, without styles and links: nothing is looked up in a table but clusters.</summary>
    public void ReadContents(long row, Span<ulong> cells, out bool wrapped)
    {
        SealedPage page = Find(row, out int index);
        wrapped = page.IsWrapped(index);
        int count = RowUnpacker.UnpackContents(page, index, cells, tables, out _);
        cells[Math.Min(count, cells.Length)..].Clear();
    }

    public int CellCount(long row) => Find(row, out int index).CellCount(index);

    /// <summary>Takes the newest row off again, as when the screen grows.</summary>
    public void RemoveNewest()
    {
        SealedPage page = _pages[^1];
        _bytes -= page.ByteCount;
        page.RemoveLast();
        _bytes += page.ByteCount;
        Count--;
        if (page.RowCount == 0 || page.FirstRow + page.RowCount <= FirstRow)
        {
            _pages.RemoveAt(_pages.Count - 1);
            _bytes -= page.ByteCount;
        }
    }

    public void Clear()
    {
        FirstRow += Count;
        Count = 0;
        _bytes = 0;
        _firstPage = 0;
        _pages.Clear();
        _spares.Clear();
        _sealer.Forget();
    }

    /// <summary>The same rows under another limit.</summary>
    public Scrollback WithLimit(int rows)
    {
        MaxRows = rows;
        if (Count > rows)
        {
            DropOldest(Count - rows);
        }

        return this;
    }

    /// <summary>The global numbers changed; page-local ones did not.</summary>
    public void ForgetStyleNumbers() => _sealer.Forget();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private SealedPage CurrentPage() => _pages.Count > _firstPage ? _pages[^1] : AddPage(0);

    private SealedPage AddPage(int rowLength)
    {
        SealedPage page = _spares.TryPop(out SealedPage? spare) && spare.Fits(rowLength) ? spare : new SealedPage(rowLength);
        page.Reset(FirstRow + Count);
        _pages.Add(page);
        _bytes += page.ByteCount;
        return page;
    }

    private void DropOldest(int rows)
    {
        rows = Math.Max(rows, 1);
        FirstRow += rows;
        Count -= rows;
        while (_pages.Count - _firstPage > 1 && _pages[_firstPage].FirstRow + _pages[_firstPage].RowCount <= FirstRow)
        {
            _bytes -= _pages[_firstPage].ByteCount;
            if (_spares.Count < MaxSpares)
            {
                _spares.Push(_pages[_firstPage]);
            }

            _pages[_firstPage++] = null!;
        }

        if (_bytes > MaxBytes && _pages.Count - _firstPage > 1)
        {
            DropOldest((int)(_pages[_firstPage + 1].FirstRow - FirstRow));
        }

        // The list's head is trimmed now and then, not at every page.
        if (_firstPage > 32 && _firstPage > _pages.Count / 2)
        {
            _pages.RemoveRange(0, _firstPage);
            _firstPage = 0;
        }
    }

    private SealedPage Find(long row, out int index)
    {
        int low = _firstPage;
        int high = _pages.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_pages[middle].FirstRow <= row)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        index = (int)(row - _pages[low].FirstRow);
        return _pages[low];
    }
}
