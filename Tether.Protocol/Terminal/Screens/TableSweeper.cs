using Tether.Protocol.Terminal.Cells;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>Numbers styles and links for the pen; when a table is full, forgets what no live row uses and renumbers the rest.</summary>
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

    /// <summary>A content and one more code point, as one content.</summary>
    public static ulong Append(Screen screen, ref ulong cell, int codePoint)
    {
        if (screen.Tables.Clusters.WantsSweep)
        {
            SweepClusters(screen);
        }

        return cell = (cell & ~Cell.ContentMask) | screen.Tables.Clusters.Append(cell & Cell.ContentMask, codePoint);
    }

    private static void SweepStyles(Screen screen)
    {
        var marks = new bool[screen.Tables.Styles.Count];
        ForEachRow(screen, row =>
        {
            foreach (ulong cell in row)
            {
                marks[(int)(cell >> Cell.StyleShift) & 0xFFFF] = true;
            }
        });
        ushort[] moved = screen.Tables.Styles.Sweep(marks);
        ForEachRow(screen, row =>
        {
            foreach (ref ulong cell in row)
            {
                ulong id = moved[(int)(cell >> Cell.StyleShift) & 0xFFFF];
                cell = (cell & ~Cell.StyleMask) | (id << Cell.StyleShift);
            }
        });
        screen.Scrollback.ForgetStyleNumbers();
    }

    private static void SweepLinks(Screen screen)
    {
        var marks = new bool[screen.Tables.Links.Count];
        ForEachRow(screen, row =>
        {
            foreach (ulong cell in row)
            {
                marks[(int)(cell >> Cell.LinkShift)] = true;
            }
        });
        ushort[] moved = screen.Tables.Links.Sweep(marks);
        ForEachRow(screen, row =>
        {
            foreach (ref ulong cell in row)
            {
                cell = (cell & ~(0xFFFFUL << Cell.LinkShift)) | ((ulong)moved[(int)(cell >> Cell.LinkShift)] << Cell.LinkShift);
            }
        });
    }

    private static void SweepClusters(Screen screen)
    {
        var marks = new bool[screen.Tables.Clusters.Count];
        ForEachRow(screen, row =>
        {
            foreach (ulong cell in row)
            {
                if ((cell & Cell.ClusterBit) != 0)
                {
                    marks[cell & Cell.CodePointMask] = true;
                }
            }
        });
        int[] moved = screen.Tables.Clusters.Sweep(marks);
        ForEachRow(screen, row =>
        {
            foreach (ref ulong cell in row)
            {
                if ((cell & Cell.ClusterBit) != 0)
                {
                    cell = (cell & ~Cell.CodePointMask) | (uint)moved[cell & Cell.CodePointMask];
                }
            }
        });
    }

    private delegate void RowAction(Span<ulong> row);

    private static void ForEachRow(Screen screen, RowAction action)
    {
        foreach (Grid? grid in (ReadOnlySpan<Grid?>)[screen.Primary, screen.Alternate])
        {
            for (int row = 0; grid is not null && row < grid.Rows; row++)
            {
                action(grid.Row(row));
            }
        }
    }
}
