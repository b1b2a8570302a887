using Tether.Protocol.Terminal.Cells;
using Tether.Protocol.Terminal.Screens;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>
/// Prints rows one below the other, so that what does not fit scrolls into the scrollback of whoever reads it. A row that goes on in the
/// next is printed to its end and left to autowrap.
/// </summary>
internal ref struct RowWriter(TerminalEmulator emulator, ref SnapshotText text, bool writesMarks)
{
    private readonly ref SnapshotText _text = ref text;
    private bool _continues;
    private bool _isFirst = true;

    // A row that autowrap scrolled in has the background of the pen, not that of its own blanks.
    private bool _isStained;

    /// <param name="row">The row to print.</param>
    /// <param name="next">First cell of the row below; nothing after the last row.</param>
    public void Write(RowView row, Cell? next)
    {
        if (!_isFirst && !_continues)
        {
            // The rows that scroll in take the background of the pen.
            _text.ResetPen();
            _text.Add("\r\n"u8);
        }

        ReadOnlySpan<Place> marks = writesMarks ? PromptMarks.On(emulator.Screen, row.Number) : [];
        if (!_continues)
        {
            WriteMarks(marks, cursorColumn: 0);
            marks = [];
        }

        _isStained = _continues && !emulator.GetStyle(row.Cells[0]).Background.IsDefault;
        _isFirst = false;
        _continues = row.IsWrapped && next is { } cell && HasText(cell) && ReachesTheEdge(row, cell);
        WriteCells(row, marks);
        if (_isStained && row.UsedLength < row.Cells.Length)
        {
            _text.ResetPen();
            _text.Add("\e[K"u8);
        }
    }

    private static bool HasText(Cell cell) => cell.CodePoint != 0 || cell.IsCluster;

    // After a spacer only a wide character wraps.
    private static bool ReachesTheEdge(RowView row, Cell next)
    {
        Cell last = row.Cells[^1];
        return last.Width == CellWidth.Spacer ? next.Width == CellWidth.Wide : HasText(last) || last.Width == CellWidth.Tail;
    }

    /// <summary>Marks are set where the cursor is, so it goes to each of them and back.</summary>
    private readonly void WriteMarks(ReadOnlySpan<Place> marks, int cursorColumn)
    {
        int column = cursorColumn;
        foreach (Place place in marks)
        {
            if (place.Mark is not { } kind)
            {
                continue;
            }

            if (place.Column != column)
            {
                column = place.Column;
                _text.Csi(column + 1, 'G');
            }

            _text.Add("\e]133;"u8);
            _text.AddCodePoint((char)kind);
            if (place.ExitCode is { } code)
            {
                _text.Add(";"u8);
                _text.Add(code);
            }

            _text.Add("\e\\"u8);
        }

        if (column != cursorColumn)
        {
            _text.Csi(cursorColumn + 1, 'G');
        }
    }

    /// <param name="row">The row to print.</param>
    /// <param name="marks">Its marks, if autowrap brings the cursor there: they wait until it has.</param>
    private void WriteCells(RowView row, ReadOnlySpan<Place> marks)
    {
        ReadOnlySpan<Cell> cells = row.Cells[..row.UsedLength];
        for (int column = 0; column < cells.Length;)
        {
            Cell cell = cells[column];
            if (cell.Width == CellWidth.Spacer)
            {
                // The wide character that follows makes it again; without one it is a blank.
                if (!_continues && !emulator.GetStyle(cell).IsDefault)
                {
                    Paint(cell);
                    _text.Add(" "u8);
                }

                return;
            }

            if (cell.CodePoint == 0 && !cell.IsCluster)
            {
                column = WriteBlanks(cells, column, row.Cells.Length);
                continue;
            }

            Paint(cell);
            if (column == row.Cells.Length - 1 && cell.Width == CellWidth.Narrow && cell.IsCluster && FirstWidth(cell) == 2)
            {
                // Its first code point is wide and would wrap before the selector could make it narrow.
                _text.Add(" "u8);
                return;
            }

            WriteText(cell);
            column += cell.Width == CellWidth.Wide ? 2 : 1;
            if (column < row.Cells.Length)
            {
                WriteMarks(marks, column);
                marks = [];
            }

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

        if (bits != 0 || _isStained)
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

    private int FirstWidth(Cell cell)
    {
        Span<int> codePoints = stackalloc int[ClusterTable.MaxCodePoints];
        emulator.Screen.Tables.Clusters.CopyCodePoints(cell.CodePoint, codePoints);
        return CodePointTraits.Of(codePoints[0]).Width;
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
