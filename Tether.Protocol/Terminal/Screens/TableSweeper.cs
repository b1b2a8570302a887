using System.Runtime.CompilerServices;
using Tether.Protocol.Terminal.Cells;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>
/// Numbers styles and links for the pen; when a table is full, forgets what no live row uses and renumbers the rest. Whoever holds a
/// number across a call that may sweep holds a stale one: take <see cref="Screen.Paint"/> last.
/// </summary>
internal static class TableSweeper
{
    public static ushort Number(Screen screen, in Style style)
    {
        StyleTable table = screen.Tables.Styles;
        if (table.TryFind(style, out ushort id))
        {
            return id;
        }

        if (table.WantsSweep)
        {
            SweepStyles(screen);
        }

        return table.Add(style);
    }

    public static ushort Number(Screen screen, Hyperlink link)
    {
        LinkTable table = screen.Tables.Links;
        if (table.TryFind(link, out ushort id))
        {
            return id;
        }

        if (table.WantsSweep)
        {
            SweepLinks(screen);
        }

        return table.Add(link);
    }

    /// <summary>Adds a code point to a cell's content.</summary>
    public static void Append(Screen screen, ref ulong cell, int codePoint)
    {
        if (screen.Tables.Clusters.WantsSweep)
        {
            SweepClusters(screen);
        }

        cell = (cell & ~Cell.ContentMask) | screen.Tables.Clusters.Append(cell & Cell.ContentMask, codePoint);
    }

    private static void SweepStyles(Screen screen)
    {
        Span<bool> marks = screen.Tables.Marks(screen.Tables.Styles.Count);
        MarkStyles(screen.Primary, marks);
        MarkStyles(screen.Alternate, marks);
        ReadOnlySpan<ushort> moved = screen.Tables.Styles.Sweep(marks);
        MoveStyles(screen.Primary, moved);
        MoveStyles(screen.Alternate, moved);
        screen.Scrollback.ForgetStyleNumbers();
        screen.ForgetPaint();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MarkStyles(Grid? grid, Span<bool> marks)
    {
        foreach (ulong cell in grid is null ? default : grid.Cells)
        {
            marks[(int)(cell >> Cell.StyleShift) & 0xFFFF] = true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MoveStyles(Grid? grid, ReadOnlySpan<ushort> moved)
    {
        foreach (ref ulong cell in grid is null ? default : grid.Cells)
        {
            ulong id = moved[(int)(cell >> Cell.StyleShift) & 0xFFFF];
            cell = (cell & ~Cell.StyleMask) | (id << Cell.StyleShift);
        }
    }

    private static void SweepLinks(Screen screen)
    {
        Span<bool> marks = screen.Tables.Marks(screen.Tables.Links.Count);
        MarkLinks(screen.Primary, marks);
        MarkLinks(screen.Alternate, marks);
        ushort[] moved = screen.Tables.Links.Sweep(marks);
        MoveLinks(screen.Primary, moved);
        MoveLinks(screen.Alternate, moved);
        screen.ForgetPaint();
    }

    private static void MarkLinks(Grid? grid, Span<bool> marks)
    {
        foreach (ulong cell in grid is null ? default : grid.Cells)
        {
            marks[(int)(cell >> Cell.LinkShift)] = true;
        }
    }

    private static void MoveLinks(Grid? grid, ushort[] moved)
    {
        foreach (ref ulong cell in grid is null ? default : grid.Cells)
        {
            cell = (cell & ~Cell.LinkMask) | ((ulong)moved[(int)(cell >> Cell.LinkShift)] << Cell.LinkShift);
        }
    }

    private static void SweepClusters(Screen screen)
    {
        Span<bool> marks = screen.Tables.Marks(screen.Tables.Clusters.Count);
        MarkClusters(screen.Primary, marks);
        MarkClusters(screen.Alternate, marks);
        int[] moved = screen.Tables.Clusters.Sweep(marks);
        MoveClusters(screen.Primary, moved);
        MoveClusters(screen.Alternate, moved);
        screen.LastPrinted = 0;
    }

    private static void MarkClusters(Grid? grid, Span<bool> marks)
    {
        foreach (ulong cell in grid is null ? default : grid.Cells)
        {
            if ((cell & Cell.ClusterBit) != 0)
            {
                marks[(int)(cell & Cell.CodePointMask)] = true;
            }
        }
    }

    private static void MoveClusters(Grid? grid, int[] moved)
    {
        foreach (ref ulong cell in grid is null ? default : grid.Cells)
        {
            if ((cell & Cell.ClusterBit) != 0)
            {
                cell = (cell & ~Cell.CodePointMask) | (uint)moved[cell & Cell.CodePointMask];
            }
        }
    }
}
