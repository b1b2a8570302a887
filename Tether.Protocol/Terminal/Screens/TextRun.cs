using System.Runtime.CompilerServices;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>
/// The short way for UTF-8 text: characters that stand for themselves go from bytes to cells in one loop. Whatever is more than that
/// (marks, joiners, flags, the last column, half a wide character below) is left to <see cref="Printing.CodePoint"/>.
/// </summary>
internal static class TextRun
{
    // They join nothing that can be before them here; see Begins.
    private const int PlainClasses = (1 << (int)GraphemeClass.Other) | (1 << (int)GraphemeClass.LV) | (1 << (int)GraphemeClass.LVT)
        | (1 << (int)GraphemeClass.Pictographic);

    // Whatever joins these is not printed here.
    private const int JoiningClasses = (1 << (int)GraphemeClass.Prepend) | (1 << (int)GraphemeClass.ZeroWidthJoiner) | (1 << (int)GraphemeClass.L);

    /// <summary>Prints what it can, beginning at offset <paramref name="i"/>; returns the offset of the first byte that it leaves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe int Print(Screen screen, ReadOnlySpan<byte> input, int i)
    {
        if (!Begins(screen))
        {
            return i;
        }

        Span<ulong> cells = screen.Grid.Row(screen.Row);
        int column = screen.Column;
        int limit = Printing.Limit(screen);
        ulong tailMask = (screen.Grid.Flags(screen.Row) & RowFlags.MayHaveWide) != 0 ? Cell.WidthMask : 0;
        CodePointTable table = CodePointTable.Shared;
        fixed (byte* bytes = input)
        fixed (ulong* row = cells)
        fixed (ushort* blockOf = table.BlockOf)
        fixed (byte* blocks = table.Blocks)
        {
            var from = bytes + i;
            var to = row + column;
            ulong any = Fill(ref from, bytes + input.Length, ref to, row + limit, screen.Paint, tailMask, blockOf, blocks);
            if (to != row + column)
            {
                screen.Column = (int)(to - row);
                ulong last = to[-1];
                last = IsTail(last) ? to[-2] : last;
                Finish(screen, last & (Cell.ContentMask | Cell.WidthMask), any);
            }

            return (int)(from - bytes);
        }
    }

    /// <summary>
    /// As many characters as stay left of the limit and do not cut a wide one in two (<paramref name="tailMask"/> is 0 where there is none). There are few variables and no calls, so that everything is in registers.
    /// Returns all cells, or-ed together.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe ulong Fill(ref byte* source, byte* end, ref ulong* target, ulong* limit, ulong paint, ulong tailMask, ushort* blockOf, byte* blocks)
    {
        byte* from = source;
        ulong* to = target;
        ulong any = 0;
        while (from + sizeof(uint) <= end)
        {
            uint bytes = Unsafe.ReadUnaligned<uint>(from);
            uint codePoint;
            int length;
            if ((bytes & 0xC0C0F0) == 0x8080E0)
            {
                codePoint = ((bytes & 0x0F) << 12) | ((bytes >> 2) & 0xFC0) | ((bytes >> 16) & 0x3F);
                length = 3;
                if (codePoint < 0x800 || (codePoint & 0xF800) == 0xD800)
                {
                    break;
                }
            }
            else if ((bytes & 0xFF) is >= 0x20 and < 0x7F)
            {
                if (to + 1 >= limit || (to[0] & tailMask) == Cell.TailBits || (to[1] & tailMask) == Cell.TailBits)
                {
                    break;
                }

                *to++ = (bytes & 0x7F) | paint;
                from++;
                continue;
            }
            else if ((bytes & 0xC0E0) == 0x80C0)
            {
                codePoint = ((bytes & 0x1F) << 6) | ((bytes >> 8) & 0x3F);
                length = 2;
                if (codePoint < 0xA0)
                {
                    break;
                }
            }
            else
            {
                codePoint = ((bytes & 0x07) << 18) | ((bytes << 4) & 0x3F000) | ((bytes >> 10) & 0xFC0) | ((bytes >> 24) & 0x3F);
                length = 4;
                if ((bytes & 0xC0C0C0F8) != 0x808080F0 || codePoint is < 0x10000 or > 0x10FFFF)
                {
                    break;
                }
            }

            var traits = new CodePointTraits(blocks[(blockOf[codePoint >> 8] << 8) | (int)(codePoint & 0xFF)]);
            int width = traits.Width;
            if (to + width >= limit || width == 0 || ((1 << (int)traits.Class) & PlainClasses) == 0
                || (to[0] & tailMask) == Cell.TailBits || (to[width] & tailMask) == Cell.TailBits)
            {
                break;
            }

            // A wide character has its tail beside it; of a narrow one the second store overwrites the first.
            ulong wide = (ulong)(width - 1);
            ulong cell = codePoint | (wide << Cell.WidthShift);
            any |= cell;
            to[wide] = paint | Cell.TailBits;
            *to = cell | paint;
            to += width;
            from += length;
        }

        source = from;
        target = to;
        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish(Screen screen, ulong last, ulong any)
    {
        if ((any & Cell.WideBits) != 0)
        {
            screen.Grid.Flags(screen.Row) |= RowFlags.MayHaveWide;
        }

        screen.Grid.Touch(screen.Row);
        screen.LastPrinted = last;
        GraphemeClass kind = CodePointTable.Shared[(int)(last & Cell.CodePointMask)].Class;
        screen.ClusterState = kind == GraphemeClass.Other || !screen.Modes.GraphemeClusters
            ? GraphemeBreaker.AfterAscii
            : GraphemeBreaker.Advance(GraphemeBreaker.Start, kind, joined: false);
    }

    private static bool Begins(Screen screen) => !screen.PendingWrap && !screen.Modes[TerminalMode.Insert] && !screen.Charsets.Translates
        && ((1 << (screen.ClusterState & 15)) & JoiningClasses) == 0;

    private static bool IsTail(ulong cell) => (cell & Cell.WidthMask) == Cell.TailBits;
}
