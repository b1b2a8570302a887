using System.Runtime.CompilerServices;
using Tether.Protocol.Terminal.Cells;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>Adds code points to the character left of the cursor: marks, joiners, variation selectors, flags, Hangul.</summary>
internal static class Clusters
{
    private const int TextStyle = 0xFE0E;
    private const int EmojiStyle = 0xFE0F;

    /// <param name="screen">Where.</param>
    /// <param name="codePoint">What is added.</param>
    /// <param name="traits">Of the code point.</param>
    /// <param name="mayResize">In cluster mode a cluster can become wider or narrower.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Extend(Screen screen, int codePoint, CodePointTraits traits, bool mayResize)
    {
        Grid grid = screen.Grid;
        int column = screen.PendingWrap ? screen.Column : screen.Column - 1;
        if (column < 0)
        {
            return;
        }

        Span<ulong> cells = grid.Row(screen.Row);
        if ((cells[column] & Cell.WidthMask) == Cell.TailBits && column > 0)
        {
            column--;
        }

        ulong content = cells[column] & Cell.ContentMask;
        if (content == 0)
        {
            // A mark on nothing: a blank carries it.
            cells[column] = (cells[column] & ~Cell.WidthMask) | ' ';
        }

        int before = Last(screen, content);
        if (mayResize && Grows(codePoint, traits, before) && (cells[column] & Cell.WidthMask) == 0 && !HasRoom(screen, column))
        {
            // Half of it in one column would be no sign at all.
            screen.ClusterState |= GraphemeBreaker.Dropped;
            return;
        }

        TableSweeper.Append(screen, ref cells[column], codePoint);
        grid.Touch(screen.Row);
        if (screen.LastPrinted != 0)
        {
            screen.LastPrinted = cells[column] & (Cell.ContentMask | Cell.WidthMask);
        }

        if (mayResize)
        {
            Resize(screen, column, before, codePoint, traits);
        }
    }

    /// <summary>A narrow cell that was wide until its text style came: it never begins in the last column.</summary>
    public static bool IsNarrowed(ClusterTable clusters, ulong cell) =>
        (cell & (Cell.ClusterBit | Cell.WidthMask)) == Cell.ClusterBit && HasWide(clusters, (int)(cell & Cell.CodePointMask));

    private static bool HasWide(ClusterTable clusters, int cluster)
    {
        Span<int> buffer = stackalloc int[ClusterTable.MaxCodePoints];
        foreach (int codePoint in buffer[..clusters.CopyCodePoints(cluster, buffer)])
        {
            if (CodePointTraits.Of(codePoint).Width == 2)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The columns of a cluster, 0 to 2, after one more code point has joined it.</summary>
    public static int WidthWith(int width, int before, int codePoint, CodePointTraits traits) => width switch
    {
        1 when Grows(codePoint, traits, before) => 2,
        2 when codePoint == TextStyle && CodePointTraits.Of(before).CanBeText => 1,
        _ => width,
    };

    /// <summary>Where cells were moved to the right: a narrowed one in the last column is cut there, as half a wide one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CutAtEdge(Grid grid, ClusterTable clusters, int row)
    {
        ref ulong last = ref grid.Row(row)[grid.Columns - 1];
        if (IsNarrowed(clusters, last))
        {
            last = (last & Cell.StyleMask) | ' ';
        }
    }

    private static int Last(Screen screen, ulong content) => (content & Cell.ClusterBit) != 0
        ? screen.Tables.Clusters.Last((int)(content & Cell.CodePointMask))
        : (int)content;

    // Two indicators make a flag, two consonants a conjunct as wide as both.
    private static bool Grows(int codePoint, CodePointTraits traits, int before) => codePoint == EmojiStyle
        ? CodePointTraits.Of(before).CanBeEmoji
        : traits.Width == 2 || traits.Class is GraphemeClass.RegionalIndicator or GraphemeClass.Consonant;

    /// <summary>A second column beside the cell, or a next row to go to.</summary>
    private static bool HasRoom(Screen screen, int column)
    {
        bool canWrap = screen.PendingWrap && screen.Modes.Autowrap && column - screen.Left >= 1;
        return canWrap || (!screen.PendingWrap && column + 1 < Printing.Limit(screen));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Resize(Screen screen, int column, int before, int codePoint, CodePointTraits traits)
    {
        bool isWide = (screen.Grid.Row(screen.Row)[column] & Cell.WidthMask) == Cell.WideBits;
        if (!isWide && Grows(codePoint, traits, before))
        {
            MakeWide(screen, column);
        }
        else if (isWide && codePoint == TextStyle && CodePointTraits.Of(before).CanBeText)
        {
            MakeNarrow(screen, column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MakeWide(Screen screen, int column)
    {
        Grid grid = screen.Grid;
        int limit = screen.PendingWrap ? column + 1 : Printing.Limit(screen);
        Span<ulong> cells = grid.Row(screen.Row);
        if (column + 1 >= limit)
        {
            MoveToNextRow(screen, column);
            return;
        }

        grid.SplitWide(screen.Row, column + 2);
        screen.LastPrinted |= screen.LastPrinted == 0 ? 0 : Cell.WideBits;
        cells[column] |= Cell.WideBits;
        cells[column + 1] = (cells[column] & ~(Cell.ContentMask | Cell.WidthMask)) | Cell.TailBits;
        grid.Flags(screen.Row) |= RowFlags.MayHaveWide;
        Printing.Advance(screen, column + 2, limit);
    }

    // The character grew at the right edge: as a wide one it would have wrapped before.
    private static void MoveToNextRow(Screen screen, int column)
    {
        if (!screen.Modes.Autowrap || !screen.PendingWrap || column - screen.Left < 1)
        {
            return;
        }

        ref ulong cell = ref screen.Grid.Row(screen.Row)[column];
        ulong content = cell & Cell.ContentMask;
        cell = (screen.Paint & Cell.StyleMask) | (column == screen.Columns - 1 ? Cell.SpacerBits : ' ');
        screen.LastPrinted |= screen.LastPrinted == 0 ? 0 : Cell.WideBits;
        Printing.Put(screen, content, 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MakeNarrow(Screen screen, int column)
    {
        Grid grid = screen.Grid;
        Span<ulong> cells = grid.Row(screen.Row);
        screen.LastPrinted &= ~Cell.WidthMask;
        cells[column] &= ~Cell.WidthMask;
        cells[column + 1] = screen.Paint | (byte)' ';
        screen.Column = column + 1;
        screen.PendingWrap = false;
    }
}
