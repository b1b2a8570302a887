using System.Runtime.CompilerServices;
using System.Buffers.Binary;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>
/// Some rows of scrollback in one array: records from the front, their ends as 16-bit offsets from the back. The styles and links of
/// its rows are the page's own, so that a page depends on no table. <see cref="RowSealer"/> gives the form of a record.
/// </summary>
internal sealed class SealedPage
{
    private const int Size = 16 * 1024;
    private const int FirstSize = 2 * 1024;
    private const int MaxLocals = 4096;

    private byte[] _bytes;
    private int _used;

    public SealedPage(int rowLength) => _bytes = new byte[rowLength > Size / 4 ? Math.Max(Size, rowLength + 64) : FirstSize];

    public long FirstRow { get; private set; }

    public int RowCount { get; private set; }

    public List<Style> Styles { get; } = [];

    public List<Hyperlink> Links { get; } = [];

    public int ByteCount => _bytes.Length + (Styles.Capacity * 14) + 64;

    public bool Fits(int rowLength) => _bytes.Length >= Size && rowLength + 2 <= _bytes.Length;

    public void Reset(long firstRow)
    {
        FirstRow = firstRow;
        RowCount = 0;
        _used = 0;
        Styles.Clear();
        Links.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool HasRoom(int length)
    {
        int needed = _used + length + ((RowCount + 1) * 2);
        return needed <= Math.Max(_bytes.Length, RowCount == 0 ? 0 : Size) && _used + length <= ushort.MaxValue
            && Styles.Count < MaxLocals && Links.Count < MaxLocals;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> record)
    {
        int needed = _used + record.Length + ((RowCount + 1) * 2);
        if (needed > _bytes.Length)
        {
            Grow(needed);
        }

        record.CopyTo(_bytes.AsSpan(_used));
        _used += record.Length;
        RowCount++;
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(_bytes.Length - (RowCount * 2)), (ushort)_used);
    }

    public void RemoveLast()
    {
        RowCount--;
        _used = RowCount == 0 ? 0 : EndOf(RowCount - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<byte> Record(int index)
    {
        int start = index == 0 ? 0 : EndOf(index - 1);
        return _bytes.AsSpan(start, EndOf(index) - start);
    }

    public bool IsWrapped(int index) => (Record(index)[0] & RowSealer.WrappedFlag) != 0;

    public int CellCount(int index) => RowSealer.ReadCellCount(Record(index));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EndOf(int index) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(_bytes.Length - ((index + 1) * 2)));

    // The newest page of a session is half empty on average: it grows as it fills, and is used again as it is.
    private void Grow(int needed)
    {
        var larger = new byte[Math.Max(needed, Math.Min(Size, _bytes.Length * 2))];
        _bytes.AsSpan(0, _used).CopyTo(larger);
        int ends = RowCount * 2;
        _bytes.AsSpan(_bytes.Length - ends).CopyTo(larger.AsSpan(larger.Length - ends));
        _bytes = larger;
    }
}
