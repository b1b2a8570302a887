using Tether.Protocol.Terminal.Cells;
using Tether.Protocol.Terminal.Screens;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>Prints the cells of a row: text in its style, erased cells as such, clusters so that they end up as wide as they are.</summary>
internal readonly ref struct CellWriter(TerminalEmulator emulator, ref SnapshotText text)
{
    // Plane 1 has what became wide in later versions of Unicode.
    private const int FirstEmoji = 0x1F000;

    private readonly ref SnapshotText _text = ref text;

    public static bool HasText(Cell cell) => cell.CodePoint != 0 || cell.IsCluster;

    /// <summary>True if the cell's first code point is wide, and a selector made it narrow: such a cell is never in the last column.</summary>
    public bool IsNarrowed(Cell cell) => Clusters.IsNarrowed(emulator.Screen.Tables.Clusters, cell.Bits);

    /// <summary>True if every terminal gives the cell this width: one code point and marks, no selector, half a flag or newer emoji.</summary>
    public bool IsUndisputed(Cell cell)
    {
        Span<int> buffer = stackalloc int[ClusterTable.MaxCodePoints];
        buffer[0] = cell.CodePoint;
        ReadOnlySpan<int> codePoints = buffer[..(cell.IsCluster ? emulator.Screen.Tables.Clusters.CopyCodePoints(cell.CodePoint, buffer) : 1)];
        foreach (int codePoint in codePoints[1..])
        {
            if (CodePointTraits.Of(codePoint).Width != 0 || codePoint is 0xFE0E or 0xFE0F)
            {
                return false;
            }
        }

        int width = cell.Width == CellWidth.Wide ? 2 : 1;
        return codePoints[0] < FirstEmoji && CodePointTraits.Of(codePoints[0]).Width == width;
    }

    public int FirstCodePoint(Cell cell)
    {
        if (!cell.IsCluster)
        {
            return cell.CodePoint;
        }

        Span<int> codePoints = stackalloc int[ClusterTable.MaxCodePoints];
        emulator.Screen.Tables.Clusters.CopyCodePoints(cell.CodePoint, codePoints);
        return codePoints[0];
    }

    /// <summary>Prints the first character of a row; returns the column behind it.</summary>
    public int WriteFirst(RowView row, bool isStained)
    {
        int end = row.Cells[0].Width == CellWidth.Wide ? 2 : 1;
        WriteRange(row.Cells, 0, end, isStained, wraps: false);
        return end;
    }

    /// <summary>Prints a row from a column on, where the cursor is.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">0-based.</param>
    /// <param name="isStained">True if the blanks of the row to print on are not in the default style.</param>
    /// <param name="wraps">True if a wide character comes next that does not fit.</param>
    /// <param name="endsLine">True if the line does not go on in the next row: a wrap here would be one too many.</param>
    public void Write(RowView row, int from, bool isStained, bool wraps, bool endsLine)
    {
        int used = row.UsedLength;
        bool mayOverflow = endsLine && from <= used - 2 && used == row.Cells.Length && used > 2 && row.Cells[^2] is { IsCluster: true, Width: CellWidth.Wide }
            && CodePointTraits.Of(FirstCodePoint(row.Cells[^2])).Width == 2;
        WriteRange(row.Cells, from, mayOverflow ? used - 2 : used, isStained, wraps);
        if (mayOverflow)
        {
            // A terminal that gives the cluster more columns must not scroll all that follows.
            Paint(row.Cells[^2]);
            _text.Mode(7, isPrivate: true, on: false);
            WriteText(row.Cells[^2]);
            _text.Mode(7, isPrivate: true, on: true);
        }
    }

    /// <summary>Puts a blank back into the last column of a row that something was printed into. The cursor is in the row, and then there.</summary>
    public void EraseLast(ReadOnlySpan<Cell> cells)
    {
        Paint(cells[^1]);
        _text.Csi(cells.Length, 'G');
        _text.Csi(1, '@');
    }

    private void WriteRange(ReadOnlySpan<Cell> cells, int from, int end, bool isStained, bool wraps)
    {
        for (int column = from; column < end;)
        {
            Cell cell = cells[column];
            if (cell.Width == CellWidth.Spacer)
            {
                // The wide character that follows makes it again; without one it is a blank.
                if (!wraps && (isStained || !emulator.GetStyle(cell).IsDefault))
                {
                    Paint(cell);
                    _text.Add(" "u8);
                }

                return;
            }

            if (IsErased(cell))
            {
                column = WriteBlanks(cells[..end], column, cells.Length, isStained);
                continue;
            }

            Paint(cell);
            if ((cell.Bits & Cell.NotAsciiMask) == 0 && cell.CodePoint != 0)
            {
                column += _text.AddAscii(cells[column..end]);
            }
            else
            {
                WriteText(cell);
                column += cell.Width == CellWidth.Wide ? 2 : 1;
            }

            if (column < cells.Length && NeedsBreak(cell, cells[column]))
            {
                // Terminals differ on the width of clusters and newer emoji; and two neighbours must not become one.
                _text.Csi(column + 1, 'G');
                if (IsNarrowed(cell) && !HasText(cells[column]))
                {
                    // It left a blank in its own style beside it.
                    Paint(cells[column]);
                    _text.Csi(1, 'X');
                }
            }
        }
    }

    /// <summary>True if a second cell printed right behind the first could become part of it, or land elsewhere.</summary>
    public bool NeedsBreak(Cell cell, Cell next) => cell.IsCluster
        || (cell.Width == CellWidth.Wide && cell.CodePoint >= FirstEmoji)
        || Joins(cell, FirstCodePoint(next));

    private static bool Joins(Cell cell, int next) => next >= 0x80 && (CodePointTraits.Of(cell.CodePoint).Class != GraphemeClass.Other
        || CodePointTraits.Of(next).Class is GraphemeClass.SpacingMark or GraphemeClass.Extend or GraphemeClass.Linker or GraphemeClass.NonJoiner);

    /// <summary>No text, and no more style than erasing gives: DECCARA and DECRARA change that of cells where nothing is written.</summary>
    public bool IsErased(Cell cell) => !HasText(cell)
        && emulator.GetStyle(cell) is var style && style == new Style(default, style.Background, default, default);

    /// <summary>Erased cells: skipped where they are plain, erased in their colour where they are not.</summary>
    private int WriteBlanks(ReadOnlySpan<Cell> cells, int column, int columns, bool isStained)
    {
        ulong bits = cells[column].Bits;
        int end = column + 1;
        while (end < cells.Length && cells[end].Bits == bits)
        {
            end++;
        }

        if (bits != 0 || isStained)
        {
            Paint(cells[column]);
            if (end == columns)
            {
                _text.Add("\e[K"u8);
                return end;
            }

            _text.Csi(end - column, 'X');
        }

        _text.Csi(end - column, 'C');
        return end;
    }

    public void Paint(Cell cell)
    {
        _text.SetStyle(emulator.GetStyle(cell));
        _text.SetLink(emulator.GetLink(cell));
        _text.SetProtected(cell.IsProtected);
    }

    public void WriteText(Cell cell)
    {
        if (!cell.IsCluster)
        {
            _text.AddCodePoint(Math.Max(cell.CodePoint, ' '));
            return;
        }

        Span<int> buffer = stackalloc int[ClusterTable.MaxCodePoints];
        ReadOnlySpan<int> codePoints = buffer[..emulator.Screen.Tables.Clusters.CopyCodePoints(cell.CodePoint, buffer)];
        int width = cell.Width == CellWidth.Wide ? 2 : 1;
        bool clusters = emulator.Modes.GraphemeClusters;
        if (Prints(codePoints, width, clusters))
        {
            AddAll(codePoints);
        }
        else if (Prints(codePoints, width, !clusters))
        {
            // Written before the mode changed, or where it could not grow.
            _text.Mode(2027, isPrivate: true, on: !clusters);
            AddAll(codePoints);
            _text.Mode(2027, isPrivate: true, on: clusters);
        }
        else if (codePoints[^1] is 0xFE0E or 0xFE0F && Prints(codePoints[..^1], width, clusters))
        {
            // The selector came when the cluster was over, and changed no width: setting the mode again ends it.
            AddAll(codePoints[..^1]);
            _text.Mode(2027, isPrivate: true, on: clusters);
            AddAll(codePoints[^1..]);
        }
        else
        {
            // Half a flag in one column: nothing prints it again but the first of it.
            AddAll(codePoints[..1]);
        }
    }

    private void AddAll(scoped ReadOnlySpan<int> codePoints)
    {
        foreach (int codePoint in codePoints)
        {
            _text.AddCodePoint(codePoint);
        }
    }

    /// <summary>True if a terminal in this mode puts the cluster into one cell of this width.</summary>
    private static bool Prints(ReadOnlySpan<int> codePoints, int width, bool clusters)
    {
        int shown = Math.Max(1, CodePointTraits.Of(codePoints[0]).Width);
        int previous = codePoints[0];
        foreach (int codePoint in codePoints[1..])
        {
            CodePointTraits traits = CodePointTraits.Of(codePoint);
            if (!clusters && traits.Width > 0)
            {
                return false;
            }

            bool grows = traits.Width == 2 || traits.Class is GraphemeClass.RegionalIndicator or GraphemeClass.Consonant
                || (codePoint == 0xFE0F && CodePointTraits.Of(previous).CanBeEmoji);
            bool shrinks = codePoint == 0xFE0E && CodePointTraits.Of(previous).CanBeText;
            shown = clusters && grows ? 2 : clusters && shrinks ? 1 : shown;
            previous = codePoint;
        }

        return shown == width;
    }
}
