using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Tether.Protocol.Terminal.Cells;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>
/// Packs a row of cells into bytes:
/// <code>
/// record = flags, count:varint, [length:varint], text, run*
/// run    = 1sss llll | 01 cells:varint style:varint, [link:varint]   (page-local numbers; style 0 is the default; runs cover all cells;
///          the short form has a style below 8 and 1–16 cells)
/// text   = per cell its UTF-8, 00 where nothing was written; before it 01 for a wide character (its tail is implied),
///          02 n for a cluster of n code points; 03 alone is a spacer
/// </code>
/// Flags: 1 wrapped, 2 styled (has runs), 4 linked (runs name links), 8 complex (text is not a byte a cell and has a length),
/// 16 packed (styled ASCII: a byte from 80 on is a space and the character 80 lower).
/// Trailing blanks in the default style are left out. Protection (DECSCA) is not kept: scrollback is never erased selectively.
/// </summary>
internal sealed class RowSealer(ScreenTables tables)
{
    public const byte WrappedFlag = 1;
    public const byte StyledFlag = 2;
    public const byte LinkedFlag = 4;
    public const byte ComplexFlag = 8;
    public const byte PackedFlag = 16;
    public const byte WideMark = 1;
    public const byte ClusterMark = 2;
    public const byte SpacerMark = 3;
    public const byte LongRun = 1;

    private const ulong PaintMask = Cell.StyleMask | (0xFFFFUL << Cell.LinkShift);

    // A page's offsets have 16 bits. Only rows full of long clusters come near; they keep each cluster's first code point.
    private const int MaxRecord = 60_000;

    private byte[] _buffer = new byte[512];
    private bool _basesOnly;

    // Local number of a global style in the page encoded for last: (page stamp << 16) | local.
    private uint[] _localStyles = [];
    private SealedPage? _page;
    private uint _stamp;

    private const ulong Odd = Cell.ClusterBit | Cell.WidthMask | (Cell.CodePointMask & ~0x7FUL);

    private static ReadOnlySpan<uint> LengthMarks => [0, 0xC080, 0xE08080, 0xF0808080];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<byte> Encoded(int length) => _buffer.AsSpan(0, length);

    /// <summary>Forgets which global number is which local one.</summary>
    public void Forget() => _page = null;

    public static int ReadCellCount(ReadOnlySpan<byte> record)
    {
        int at = 1;
        return ReadVarint(record, ref at);
    }

    public static int ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        int value = bytes[at++];
        if (value < 0x80)
        {
            return value;
        }

        return (value & 0x7F) | (ReadVarint(bytes, ref at) << 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Encode(ReadOnlySpan<ulong> cells, bool wrapped, SealedPage page)
    {
        Enter(page);
        int count = cells.LastIndexOfAnyExcept(0UL) + 1;
        cells = cells[..count];
        Reserve(count + 16);
        ulong paint = count == 0 ? 0 : cells[0] & PaintMask;
        int plain = CountPlain(cells, paint);
        byte flags = wrapped ? WrappedFlag : (byte)0;
        if (plain == count && paint == 0)
        {
            _buffer[0] = flags;
            int at = WriteVarint(1, count);
            Narrow(cells, _buffer.AsSpan(at));
            return at + count;
        }

        int length = EncodeRich(cells, flags, page);
        if (length <= MaxRecord)
        {
            return length;
        }

        _basesOnly = true;
        length = EncodeRich(cells, flags, page);
        _basesOnly = false;
        return length;
    }

    private int EncodeRich(ReadOnlySpan<ulong> cells, byte flags, SealedPage page)
    {
        int at = WriteVarint(1, cells.Length);
        int text = at;
        Reserve(at + cells.Length + 64);
        at = EncodeText(cells, at, out bool complex, out ulong paints);
        bool linked = paints >> (Cell.LinkShift - Cell.StyleShift) != 0;
        if (!complex)
        {
            at = Pack(text, at);
            flags |= PackedFlag;
        }

        if (complex || at > text)
        {
            int length = at - text;
            Reserve(at + 4);
            _buffer.AsSpan(text, length).CopyTo(_buffer.AsSpan(text + 3));
            // A fixed three bytes, so that the text is moved once only.
            _buffer[text] = (byte)(length | 0x80);
            _buffer[text + 1] = (byte)((length >> 7) | 0x80);
            _buffer[text + 2] = (byte)((length >> 14) & 0x7F);
            at += 3;
        }

        flags |= complex ? ComplexFlag : (byte)0;

        flags |= linked ? LinkedFlag : (byte)0;
        flags |= paints != 0 ? StyledFlag : (byte)0;
        _buffer[0] = flags;
        return paints != 0 ? EncodeRuns(cells, at, linked, page) : at;
    }

    /// <param name="cells">The row.</param>
    /// <param name="at">Where in the buffer.</param>
    /// <param name="complex">True if some cell is not one ASCII character.</param>
    /// <param name="paints">The styles and links of all cells, or-ed together: 0 if there are none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeText(ReadOnlySpan<ulong> cells, int at, out bool complex, out ulong paints)
    {
        // A mark and four bytes at most for each cell; clusters make room for themselves.
        Reserve(at + (cells.Length * 5) + 4);
        ulong all = 0;
        for (int i = EncodeSimple(cells, 0, ref at, ref all); i < cells.Length; i = EncodeSimple(cells, i + 1, ref at, ref all))
        {
            Reserve(at + (ClusterTable.MaxCodePoints * 4) + 12 + ((cells.Length - i) * 5));
            at = EncodeCluster(cells[i], at);
        }

        complex = (all & Odd) != 0;
        paints = all >> Cell.StyleShift;
        return at;
    }

    /// <summary>Up to the next cluster. Everything stays in registers: there is no call in this loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeSimple(ReadOnlySpan<ulong> cells, int i, ref int at, ref ulong all)
    {
        ref byte target = ref MemoryMarshal.GetArrayDataReference(_buffer);
        nint to = at;
        ulong seen = 0;
        for (; i < cells.Length; i++)
        {
            ulong cell = cells[i];
            seen |= cell;
            if ((cell & Odd) == 0)
            {
                Unsafe.Add(ref target, to++) = (byte)cell;
            }
            else if ((cell & (Cell.ClusterBit | Cell.TailBits)) == 0)
            {
                // Narrow or wide without a branch: which it is changes too often to be guessed.
                Unsafe.Add(ref target, to) = WideMark;
                to += (nint)((cell >> Cell.WidthShift) & 1);
                to += EncodeUtf8((uint)(cell & Cell.CodePointMask), ref Unsafe.Add(ref target, to));
            }
            else if ((cell & Cell.ClusterBit) != 0)
            {
                break;
            }
            else if ((cell & Cell.WidthMask) == Cell.SpacerBits)
            {
                Unsafe.Add(ref target, to++) = SpacerMark;
            }
        }

        at = (int)to;
        all |= seen;
        return i;
    }

    /// <summary>A space and a printable character become one byte: a sixth of most text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Pack(int from, int to)
    {
        Span<byte> text = _buffer.AsSpan(0, to);
        int at = from;
        for (int i = from; i < to; i++)
        {
            byte b = text[i];
            if (b == ' ' && i + 1 < to && text[i + 1] > ' ')
            {
                b = (byte)(text[++i] | 0x80);
            }

            text[at++] = b;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeCluster(ulong cell, int at)
    {
        if ((cell & Cell.WidthMask) == Cell.WideBits)
        {
            _buffer[at++] = WideMark;
        }

        Span<int> codePoints = stackalloc int[ClusterTable.MaxCodePoints];
        int count = tables.Clusters.CopyCodePoints((int)(cell & Cell.CodePointMask), codePoints);
        if (_basesOnly)
        {
            return at + EncodeUtf8((uint)codePoints[0], ref _buffer[at]);
        }

        _buffer[at++] = ClusterMark;
        _buffer[at++] = (byte)count;
        foreach (int codePoint in codePoints[..count])
        {
            at += EncodeUtf8((uint)codePoint, ref _buffer[at]);
        }

        return at;
    }

    /// <summary>Writes four bytes, of which those behind the character mean nothing; returns how many it has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EncodeUtf8(uint codePoint, ref byte to)
    {
        // Six bits to a byte, the mark of the length over them, the first byte first. No branch either.
        int more = (codePoint >= 0x80 ? 1 : 0) + (codePoint >= 0x800 ? 1 : 0) + (codePoint >= 0x10000 ? 1 : 0);
        uint spread = (codePoint & 0x3F) | ((codePoint << 2) & 0x3F00) | ((codePoint << 4) & 0x3F0000) | ((codePoint << 6) & 0x7000000);
        spread = codePoint < 0x80 ? codePoint : spread;
        uint bytes = BinaryPrimitives.ReverseEndianness(spread | LengthMarks[more & 3]) >> (24 - (more * 8));
        Unsafe.WriteUnaligned(ref to, bytes);
        return more + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeRuns(ReadOnlySpan<ulong> cells, int at, bool linked, SealedPage page)
    {
        for (int i = 0; i < cells.Length;)
        {
            ulong paint = cells[i] & PaintMask;
            int start = i++;
            while (i < cells.Length && (cells[i] & PaintMask) == paint)
            {
                i++;
            }

            Reserve(at + 12);
            int style = LocalStyle((int)(paint >> Cell.StyleShift) & 0xFFFF, page);
            int length = i - start;
            if (style < 8 && length <= 16)
            {
                _buffer[at++] = (byte)(0x80 | (style << 4) | (length - 1));
            }
            else
            {
                _buffer[at++] = LongRun;
                at = WriteVarint(at, length);
                at = WriteVarint(at, style);
            }

            if (linked)
            {
                at = WriteVarint(at, LocalLink((int)(paint >> Cell.LinkShift), page));
            }
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int LocalStyle(int id, SealedPage page)
    {
        if (id == 0)
        {
            return 0;
        }

        if (id >= _localStyles.Length)
        {
            Array.Resize(ref _localStyles, Math.Max(64, id * 2));
        }

        uint known = _localStyles[id];
        if (known >> 16 == _stamp)
        {
            return (int)(known & 0xFFFF);
        }

        page.Styles.Add(tables.Styles[id]);
        _localStyles[id] = (_stamp << 16) | (uint)page.Styles.Count;
        return page.Styles.Count;
    }

    private int LocalLink(int id, SealedPage page)
    {
        if (tables.Links[id] is not { } link)
        {
            return 0;
        }

        // A row's links are the page's last ones nearly always.
        int index = page.Links.LastIndexOf(link, page.Links.Count - 1, Math.Min(page.Links.Count, 16));
        if (index < 0)
        {
            page.Links.Add(link);
            index = page.Links.Count - 1;
        }

        return index + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(SealedPage page)
    {
        if (_page == page && page.RowCount > 0)
        {
            return;
        }

        _page = page;
        if (++_stamp > 0xFFFF)
        {
            Array.Clear(_localStyles);
            _stamp = 1;
        }
    }

    /// <summary>How many cells from the start are one narrow ASCII character, or nothing, in the paint given.</summary>
    private static int CountPlain(ReadOnlySpan<ulong> cells, ulong paint)
    {
        const ulong Ignored = 0x7F | Cell.ProtectedBit;
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<ulong> mask = Vector256.Create(~Ignored);
            Vector256<ulong> wanted = Vector256.Create(paint);
            ref ulong first = ref MemoryMarshal.GetReference(cells);
            for (; i + 4 <= cells.Length; i += 4)
            {
                if ((Vector256.LoadUnsafe(ref first, (nuint)i) & mask) != wanted)
                {
                    break;
                }
            }
        }

        while (i < cells.Length && (cells[i] & ~Ignored) == paint)
        {
            i++;
        }

        return i;
    }

    private static void Narrow(ReadOnlySpan<ulong> cells, Span<byte> to)
    {
        int i = 0;
        ref ulong first = ref MemoryMarshal.GetReference(cells);
        ref byte target = ref MemoryMarshal.GetReference(to);
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i + 8 <= cells.Length; i += 8)
            {
                Vector256<uint> low = Vector256.Narrow(Vector256.LoadUnsafe(ref first, (nuint)i), Vector256.LoadUnsafe(ref first, (nuint)i + 4));
                Vector128<ushort> shorts = Vector128.Narrow(low.GetLower(), low.GetUpper()) & Vector128.Create((ushort)0x7F);
                Vector64<byte> bytes = Vector128.Narrow(shorts, shorts).GetLower();
                bytes.StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < cells.Length; i++)
        {
            to[i] = (byte)(cells[i] & 0x7F);
        }
    }

    private int WriteVarint(int at, int value)
    {
        while (value >= 0x80)
        {
            _buffer[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[at++] = (byte)value;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reserve(int size)
    {
        if (size > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(size, _buffer.Length * 2));
        }
    }
}
