namespace Tether.Protocol.Terminal;

/// <summary>
/// One column of one row in one integer. From bit 0: 21 code point (or the number of an interned cluster), 2 width,
/// 1 "is a cluster", 1 protected (DECSCA, SPA); from bit 32: 16 style, 16 hyperlink. All zero is a blank in the default style.
/// </summary>
public readonly record struct Cell(ulong Bits)
{
    internal const ulong CodePointMask = 0x1FFFFF;
    internal const int WidthShift = 21;
    internal const ulong WidthMask = 3UL << WidthShift;
    internal const ulong WideBits = 1UL << WidthShift;
    internal const ulong TailBits = 2UL << WidthShift;
    internal const ulong SpacerBits = 3UL << WidthShift;
    internal const ulong ClusterBit = 1UL << 23;
    internal const ulong ProtectedBit = 1UL << 24;
    internal const ulong ContentMask = CodePointMask | ClusterBit;
    internal const ulong NotAsciiMask = (ContentMask | WidthMask) & ~0x7FUL;
    internal const ulong StyleMask = 0xFFFFUL << StyleShift;
    internal const ulong LinkMask = 0xFFFFUL << LinkShift;
    internal const int StyleShift = 32;
    internal const int LinkShift = 48;

    /// <summary>The code point, 0 where nothing was written; only meaningful without <see cref="IsCluster"/>.</summary>
    public int CodePoint => (int)(Bits & CodePointMask);

    public CellWidth Width => (CellWidth)((Bits >> WidthShift) & 3);

    /// <summary>Several code points; <see cref="TerminalEmulator.GetText(Cell)"/> knows them.</summary>
    public bool IsCluster => (Bits & ClusterBit) != 0;

    /// <summary>Written under DECSCA 1 or SPA: selective erase leaves it.</summary>
    public bool IsProtected => (Bits & ProtectedBit) != 0;

    public int StyleId => (int)(Bits >> StyleShift) & 0xFFFF;

    public int LinkId => (int)(Bits >> LinkShift);
}
