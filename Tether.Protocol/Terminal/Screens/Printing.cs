using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>Puts characters into cells: autowrap, insert mode, charsets, wide characters, clusters.</summary>
internal static class Printing
{
    /// <summary>A run of bytes 20–7E.</summary>
    public static void Ascii(Screen screen, ReadOnlySpan<byte> run)
    {
        if (screen.Charsets.Translates || screen.Modes[TerminalMode.Insert])
        {
            foreach (byte b in run)
            {
                CodePoint(screen, screen.Charsets.Translates ? screen.Charsets.Translate(b) : b);
            }

            return;
        }

        Fill(screen, run);
        screen.LastPrinted = run[^1];
        screen.ClusterState = GraphemeBreaker.AfterAscii;
    }

    /// <summary>One scalar value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CodePoint(Screen screen, int codePoint)
    {
        CodePointTraits traits = CodePointTraits.Of(codePoint);
        int state = screen.ClusterState;
        if (traits.Class == GraphemeClass.Other && traits.Width != 0 && (codePoint < 0x80 || (state & 15) != (int)GraphemeClass.Prepend))
        {
            // Neither joins what was before nor, in itself, what comes; ASCII, which mostly goes another way, not even after a prefix.
            screen.ClusterState = GraphemeBreaker.AfterAscii;
        }
        else if (JoinsBefore(screen, codePoint, traits))
        {
            return;
        }

        screen.LastPrinted = (uint)codePoint | (traits.Width == 2 ? Cell.WideBits : 0);
        if (!Put(screen, (uint)codePoint, traits.Width))
        {
            screen.ClusterState |= GraphemeBreaker.Dropped;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool JoinsBefore(Screen screen, int codePoint, CodePointTraits traits)
    {
        bool clusters = screen.Modes.GraphemeClusters;
        int state = screen.ClusterState;
        bool joins = clusters ? GraphemeBreaker.Joins(state, traits.Class) : traits.Width == 0;
        if (joins && IsSkinTone(codePoint) && !GraphemeBreaker.IsAfterPictograph(state))
        {
            // Alone it is shown as a patch of colour, not as a mark on a letter.
            joins = false;
        }

        screen.ClusterState = clusters ? GraphemeBreaker.Advance(state, traits.Class, joins) : GraphemeBreaker.AfterAscii;
        if (!joins && traits.Width != 0)
        {
            return false;
        }

        if ((screen.ClusterState & GraphemeBreaker.Dropped) == 0)
        {
            Clusters.Extend(screen, codePoint, traits, joins && clusters);
        }

        return true;
    }

    /// <summary>REP: the last character again. More than a screenful looks the same as one and what the last row has begun.</summary>
    public static void Repeat(Screen screen, int count)
    {
        if (screen.LastPrinted == 0)
        {
            return;
        }

        bool isNarrowed = Clusters.IsNarrowed(screen.Tables.Clusters, screen.LastPrinted);
        int width = isNarrowed || (screen.LastPrinted & Cell.WidthMask) == Cell.WideBits ? 2 : 1;
        int screenful = screen.Rows * screen.Columns;
        count = count <= screenful ? count : screenful + ((count - screenful) % Math.Max(1, (screen.Right - screen.Left) / width));
        for (int i = 0; i < count; i++)
        {
            if (Put(screen, screen.LastPrinted & Cell.ContentMask, width) && isNarrowed)
            {
                Clusters.MakeNarrow(screen, screen.PendingWrap ? screen.Column - 1 : screen.Column - 2);
            }
        }
    }

    /// <summary>A new character at the cursor; false if there is no place for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Put(Screen screen, ulong content, int width)
    {
        Grid grid = screen.Grid;
        if (screen.PendingWrap)
        {
            Wrap(screen);
        }

        int limit = Limit(screen);
        if (width == 2 && screen.Column + 2 > limit && !MakeRoomForWide(screen, ref limit))
        {
            return false;
        }

        int row = screen.Row;
        int column = screen.Column;
        if (screen.Modes[TerminalMode.Insert])
        {
            PlaceMoves.Cells(screen, row, column, limit, width);
            grid.InsertCells(row, column, limit, width, screen.Blank);
            Clusters.CutAtEdge(grid, screen.Tables.Clusters, row);
        }

        ulong paint = screen.Paint;
        Span<ulong> cells = grid.Row(row);
        if (IsTail(cells[column]) || (column + width < cells.Length && IsTail(cells[column + width])))
        {
            grid.SplitWide(row, column);
            grid.SplitWide(row, column + width);
        }

        if (width == 2)
        {
            cells[column] = content | paint | Cell.WideBits;
            cells[column + 1] = paint | Cell.TailBits;
            grid.Flags(row) |= RowFlags.MayHaveWide;
        }
        else
        {
            cells[column] = content | paint;
        }

        grid.Touch(row);
        Advance(screen, column + width, limit);
        return true;
    }

    /// <summary>After a character: to the next column, or, past the last one, wait there for the next character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Advance(Screen screen, int column, int limit)
    {
        if (column < limit)
        {
            screen.Column = column;
            return;
        }

        screen.Column = limit - 1;
        screen.PendingWrap = true;
        if (limit == screen.Columns)
        {
            screen.Grid.SetWrapped(screen.Row, false);
        }
    }

    /// <summary>One past the last column that text may use from where the cursor is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Limit(Screen screen) => screen.Column < screen.Right ? screen.Right : screen.Columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsTail(ulong cell) => (cell & Cell.WidthMask) == Cell.TailBits;

    public static bool IsSkinTone(int codePoint) => codePoint is >= 0x1F3FB and <= 0x1F3FF;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(Screen screen, ReadOnlySpan<byte> run)
    {
        while (true)
        {
            if (screen.PendingWrap)
            {
                Wrap(screen);
            }

            ulong paint = screen.Paint;
            Grid grid = screen.Grid;
            int row = screen.Row;
            int column = screen.Column;
            int limit = Limit(screen);
            int count = Math.Min(run.Length, limit - column);
            if ((grid.Flags(row) & RowFlags.MayHaveWide) != 0)
            {
                grid.SplitWide(row, column);
                grid.SplitWide(row, column + count);
            }

            Widen(run[..count], paint, grid.Row(row).Slice(column, count));
            grid.Touch(row);
            Advance(screen, column + count, limit);
            if (count == run.Length)
            {
                return;
            }

            run = run[count..];
            if (!screen.Modes.Autowrap)
            {
                // Everything else lands on the last column, one over the other.
                grid.Row(row)[limit - 1] = run[^1] | paint;
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(ReadOnlySpan<byte> from, ulong paint, Span<ulong> to)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated && from.Length >= 8)
        {
            ref byte source = ref MemoryMarshal.GetReference(from);
            ref ulong target = ref MemoryMarshal.GetReference(to);
            Vector256<ulong> template = Vector256.Create(paint);
            for (; i + 8 <= from.Length; i += 8)
            {
                Vector128<ushort> shorts = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, i))).AsByte());
                Vector256<uint> ints = Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts));
                (Vector256.WidenLower(ints) | template).StoreUnsafe(ref target, (nuint)i);
                (Vector256.WidenUpper(ints) | template).StoreUnsafe(ref target, (nuint)i + 4);
            }
        }

        for (; i < from.Length; i++)
        {
            to[i] = from[i] | paint;
        }
    }

    // Autowrap counts when the next character comes, not when the last column is written.
    private static void Wrap(Screen screen)
    {
        screen.PendingWrap = false;
        if (!screen.Modes.Autowrap)
        {
            return;
        }

        int row = screen.Row;
        bool hasNext = row == screen.Bottom - 1 ? screen.IsFullWidth : row < screen.Rows - 1;
        if (screen.Column == screen.Columns - 1 && hasNext)
        {
            screen.Grid.SetWrapped(row, true);
        }

        screen.Column = screen.Column < screen.Left ? 0 : screen.Left;
        CursorMovement.Index(screen);
    }

    /// <summary>The last column cannot hold a wide character: it stays blank and the character goes to the next row, if it may.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool MakeRoomForWide(Screen screen, ref int limit)
    {
        if (!screen.Modes.Autowrap || limit - screen.Left < 2)
        {
            return false;
        }

        if (limit == screen.Columns)
        {
            screen.Grid.Erase(screen.Row, screen.Column, limit, screen.Blank);
            screen.Grid.Row(screen.Row)[limit - 1] = (screen.Paint & Cell.StyleMask) | Cell.SpacerBits;
        }

        screen.Column = limit - 1;
        Wrap(screen);
        limit = Limit(screen);
        return screen.Column + 2 <= limit;
    }
}
