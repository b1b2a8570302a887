using Tether.Protocol.Terminal.Cells;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>
/// Prints rows one below the other, so that what does not fit scrolls into the scrollback of whoever reads it. A row that goes on in the
/// next is printed to its end and left to autowrap.
/// </summary>
internal ref struct RowWriter(TerminalEmulator emulator, ref SnapshotText text)
{
    private readonly ref SnapshotText _text = ref text;
    private bool _continues;
    private bool _isFirst = true;

    public void Write(RowView row, bool isLast, bool nextStartsWithText)
    {
        if (!_isFirst && !_continues)
        {
            // The rows that scroll in take the background of the pen.
            _text.ResetPen();
            _text.Add("\r\n"u8);
        }

        _isFirst = false;
        _continues = row.IsWrapped && !isLast && nextStartsWithText && ReachesTheEdge(row);
        WriteCells(row);
    }

    /// <summary>True if something is printed in the first column, so that a pending wrap happens.</summary>
    public static bool StartsWithText(RowView row) => row.Cells[0].CodePoint != 0 || row.Cells[0].IsCluster;

    private static bool ReachesTheEdge(RowView row)
    {
        Cell last = row.Cells[^1];
        return last.CodePoint != 0 || last.IsCluster || last.Width is CellWidth.Tail or CellWidth.Spacer;
    }

    private void WriteCells(RowView row)
    {
        ReadOnlySpan<Cell> cells = row.Cells[..row.UsedLength];
        for (int column = 0; column < cells.Length;)
        {
            Cell cell = cells[column];
            if (cell.Width == CellWidth.Spacer)
            {
                // The wide character that follows makes it again.
                return;
            }

            if (cell.CodePoint == 0 && !cell.IsCluster)
            {
                column = WriteBlanks(cells, column, row.Cells.Length);
                continue;
            }

            Paint(cell);
            WriteText(cell);
            column += cell.Width == CellWidth.Wide ? 2 : 1;
            if (column < row.Cells.Length && NeedsBreak(cell, cells, column))
            {
                // Terminals differ on the width of clusters; and two neighbours must not become one.
                _text.Csi(column + 1, 'G');
            }
        }
    }

    private static bool NeedsBreak(Cell cell, ReadOnlySpan<Cell> cells, int column)
    {
        if (cell.IsCluster)
        {
            return true;
        }

        return cell.CodePoint >= 0x300 && column < cells.Length && cells[column].CodePoint >= 0x300
            && CodePointTraits.Of(cell.CodePoint).Class != GraphemeClass.Other;
    }

    /// <summary>Erased cells: skipped where they are plain, erased in their colour where they are not.</summary>
    private int WriteBlanks(ReadOnlySpan<Cell> cells, int column, int columns)
    {
        ulong bits = cells[column].Bits;
        int end = column + 1;
        while (end < cells.Length && cells[end].Bits == bits)
        {
            end++;
        }

        if (bits != 0)
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

    private void Paint(Cell cell)
    {
        _text.SetStyle(emulator.GetStyle(cell));
        _text.SetLink(emulator.GetLink(cell));
        _text.SetProtected(cell.IsProtected);
    }

    private void WriteText(Cell cell)
    {
        if (!cell.IsCluster)
        {
            _text.AddCodePoint(cell.CodePoint);
            return;
        }

        Span<int> codePoints = stackalloc int[ClusterTable.MaxCodePoints];
        int count = emulator.Screen.Tables.Clusters.CopyCodePoints(cell.CodePoint, codePoints);
        foreach (int codePoint in codePoints[..count])
        {
            _text.AddCodePoint(codePoint);
        }
    }
}
