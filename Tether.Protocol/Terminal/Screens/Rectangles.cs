namespace Tether.Protocol.Terminal.Screens;

/// <summary>Part of the screen as DEC's rectangle sequences name it: 1-based, inclusive, relative to the margins in origin mode.</summary>
internal readonly record struct Rectangle(int Top, int Left, int Bottom, int Right)
{
    public bool IsEmpty => Top >= Bottom || Left >= Right;

    /// <summary>Reads four parameters; what is missing reaches to the edge. Turned-around edges give an empty rectangle.</summary>
    public static Rectangle Read(Screen screen, in Parsing.Sequence sequence, int first)
    {
        bool origin = screen.Modes.Origin;
        int rowBase = origin ? screen.Top : 0;
        int columnBase = origin ? screen.Left : 0;
        int lastRow = origin ? screen.Bottom : screen.Rows;
        int lastColumn = origin ? screen.Right : screen.Columns;
        return new Rectangle(
            Math.Min(rowBase + sequence.Or(first, 1) - 1, lastRow),
            Math.Min(columnBase + sequence.Or(first + 1, 1) - 1, lastColumn),
            Math.Min(rowBase + sequence.Or(first + 2, lastRow - rowBase), lastRow),
            Math.Min(columnBase + sequence.Or(first + 3, lastColumn - columnBase), lastColumn));
    }
}

/// <summary>DECERA, DECSERA, DECFRA, DECCRA, DECCARA, DECRARA and the checksum of DECRQCRA.</summary>
internal static class Rectangles
{
    public static void Erase(Screen screen, Rectangle area, bool keepProtected)
    {
        for (int row = area.Top; row < area.Bottom && !area.IsEmpty; row++)
        {
            Erasing.Span(screen, row, area.Left, area.Right, keepProtected);
        }
    }

    public static void Fill(Screen screen, Rectangle area, int character)
    {
        if (character is < 0x20 or (>= 0x7F and < 0xA0) or > 0xFF)
        {
            return;
        }

        for (int row = area.Top; row < area.Bottom && !area.IsEmpty; row++)
        {
            screen.Grid.Erase(row, area.Left, area.Right, screen.Paint | (uint)character);
        }
    }

    public static void Copy(Screen screen, Rectangle area, int toRow, int toColumn)
    {
        if (area.IsEmpty)
        {
            return;
        }

        int height = Math.Min(area.Bottom - area.Top, screen.Rows - toRow);
        int width = Math.Min(area.Right - area.Left, screen.Columns - toColumn);
        if (height <= 0 || width <= 0)
        {
            return;
        }

        Grid grid = screen.Grid;
        bool downwards = toRow > area.Top;
        for (int i = 0; i < height; i++)
        {
            int offset = downwards ? height - 1 - i : i;
            int target = toRow + offset;
            int source = area.Top + offset;
            grid.DropSpacer(source);
            grid.DropSpacer(target);
            grid.SplitWide(target, toColumn);
            grid.SplitWide(target, toColumn + width);
            grid.Row(source).Slice(area.Left, width).CopyTo(grid.Row(target)[toColumn..]);
            MendEdges(grid.Row(target).Slice(toColumn, width));
            Clusters.CutAtEdge(grid, screen.Tables.Clusters, target);
            grid.Flags(target) |= grid.Flags(source) & RowFlags.MayHaveWide;
            grid.Touch(target);
        }
    }

    /// <summary>
    /// DECCARA (set) and DECRARA (reverse): bold, underline, blink, inverse, hidden. A wide character changes whole, if its left half is in the area.
    /// </summary>
    public static void ChangeAttributes(Screen screen, Rectangle area, in Parsing.Sequence sequence, bool reverse, bool wholeLines)
    {
        for (int row = area.Top; row < area.Bottom; row++)
        {
            int from = wholeLines && row > area.Top ? 0 : area.Left;
            int to = wholeLines && row < area.Bottom - 1 ? screen.Columns : area.Right;
            for (int column = from; column < to; column++)
            {
                ulong cell = screen.Grid.Row(row)[column];
                if ((cell & Cell.WidthMask) == Cell.TailBits)
                {
                    continue;
                }

                Style style = screen.Tables.Styles[(int)(cell >> Cell.StyleShift) & 0xFFFF];
                Style changed = style with { Flags = Change(style.Flags, sequence, reverse) };
                if (changed != style)
                {
                    // Numbering may sweep the tables: read the cell only afterwards.
                    ulong number = TableSweeper.Number(screen, changed);
                    int width = (cell & Cell.WidthMask) == Cell.WideBits ? 2 : 1;
                    foreach (ref ulong target in screen.Grid.Row(row).Slice(column, width))
                    {
                        target = (target & ~Cell.StyleMask) | (number << Cell.StyleShift);
                    }
                }
            }

            screen.Grid.Touch(row);
        }

        screen.ForgetPaint();
    }

    /// <summary>xterm's default: the negated sum of characters and attributes, 16 bits.</summary>
    public static int Checksum(Screen screen, Rectangle area)
    {
        int sum = 0;
        for (int row = area.Top; row < area.Bottom; row++)
        {
            for (int column = area.Left; column < area.Right; column++)
            {
                ulong cell = screen.Grid.Row(row)[column];
                int codePoint = (cell & Cell.ClusterBit) != 0 ? 0x1B : (int)(cell & Cell.CodePointMask);
                sum += codePoint == 0 ? ' ' : codePoint;
                Style style = screen.Tables.Styles[(int)(cell >> Cell.StyleShift) & 0xFFFF];
                sum += (cell & Cell.ProtectedBit) != 0 ? 0x04 : 0;
                sum += style.Has(StyleFlags.Hidden) ? 0x08 : 0;
                sum += style.Underline != UnderlineKind.None ? 0x10 : 0;
                sum += style.Has(StyleFlags.Inverse) ? 0x20 : 0;
                sum += style.Has(StyleFlags.Blink) ? 0x40 : 0;
                sum += style.Has(StyleFlags.Bold) ? 0x80 : 0;
            }
        }

        return -sum & 0xFFFF;
    }

    private static StyleFlags Change(StyleFlags flags, in Parsing.Sequence sequence, bool reverse)
    {
        for (int i = 4; i < Math.Max(sequence.Count, 5); i++)
        {
            int code = sequence[i];
            StyleFlags bits = code switch
            {
                0 when reverse => StyleFlags.Bold | (StyleFlags)UnderlineKind.Straight | StyleFlags.Blink | StyleFlags.Inverse,
                1 or 22 => StyleFlags.Bold,
                4 or 24 => (StyleFlags)UnderlineKind.Straight,
                5 or 25 => StyleFlags.Blink,
                7 or 27 => StyleFlags.Inverse,
                8 or 28 => StyleFlags.Hidden,
                _ => StyleFlags.None,
            };
            flags = code switch
            {
                0 when !reverse => StyleFlags.None,
                _ when reverse => flags ^ bits,
                >= 20 => flags & ~bits,
                _ => flags | bits,
            };
        }

        return flags;
    }

    // A copy may begin with a tail or end with half a wide character.
    private static void MendEdges(Span<ulong> cells)
    {
        if ((cells[0] & Cell.WidthMask) == Cell.TailBits)
        {
            cells[0] = (cells[0] & Cell.StyleMask) | ' ';
        }

        if ((cells[^1] & Cell.WidthMask) == Cell.WideBits)
        {
            cells[^1] = (cells[^1] & Cell.StyleMask) | ' ';
        }
    }
}
