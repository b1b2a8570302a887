using System.Runtime.CompilerServices;

namespace Tether.Protocol.Terminal.Unicode;

/// <summary>What the screen must know of one code point, in one byte.</summary>
internal readonly record struct CodePointTraits(byte Bits)
{
    public GraphemeClass Class => (GraphemeClass)(Bits & 15);

    /// <summary>Columns: 0, 1 or 2.</summary>
    public int Width => (Bits >> 4) & 3;

    public bool CanBeEmoji => (Bits & 0x40) != 0;

    public bool CanBeText => (Bits & 0x80) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodePointTraits Of(int codePoint) => CodePointTable.Shared[codePoint];
}
