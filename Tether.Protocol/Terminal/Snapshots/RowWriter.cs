using Tether.Protocol.Terminal.Cells;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>
/// Prints rows one below the other, so that what does not fit scrolls into the scrollback of whoever reads it. A row that goes on in the
/// next is printed to its end and left to autowrap.
/// </summary>
internal ref struct RowWriter(TerminalEmulator emulator, ref SnapshotText text, bool writesMarks)
{
    private readonly ref SnapshotText _text = ref text;
    private CellWriter _cells = new(emulator, ref text);
    private RowStart _start = RowStart.Here;

    private enum RowStart
    {
        /// <summary>The cursor is in the first column of an empty row.</summary>
        Here,

        /// <summary>The cursor is in the row above, which does not go on.</summary>
        Below,

        /// <summary>The cursor waits behind the last column of the row above: the first character wraps.</summary>
        Wrap,
    }

    /// <param name="row">The row to print.</param>
    /// <param name="next">First cell of the row below; nothing after the last row.</param>
    public void Write(RowView row, Cell? next)
    {
        if (_start == RowStart.Below)
        {
            // The rows that scroll in take the background of the pen.
            _text.ResetPen();
            _text.Add("\r\n"u8);
        }

        ReadOnlySpan<Place> marks = writesMarks ? PromptMarks.On(emulator.Screen, row.Number) : [];
        bool hasWrapped = _start == RowStart.Wrap;
        if (!hasWrapped)
        {
            WriteMarks(marks, cursorColumn: 0);
        }

        // A row that autowrap scrolled in has the background of the pen, not that of its own blanks.
        bool isStained = hasWrapped && !emulator.GetStyle(row.Cells[0]).Background.IsDefault;
        bool wraps = row.IsWrapped && next is not null;
        _start = wraps && WrapsByItself(row.Cells, next!.Value) ? RowStart.Wrap : RowStart.Below;
        int from = 0;
        if (hasWrapped && marks.Length > 0)
        {
            // Autowrap brings the cursor here with the first character: the marks wait until it has.
            from = _cells.WriteFirst(row, isStained);
            if (from < row.Cells.Length)
            {
                WriteMarks(marks, from);
            }
        }

        _cells.Write(row, from, isStained, _start == RowStart.Wrap, endsLine: !wraps);
        if (isStained && row.UsedLength < row.Cells.Length)
        {
            _text.ResetPen();
            _text.Add("\e[K"u8);
        }

        if (wraps && _start == RowStart.Below)
        {
            Wrap(row);
        }
        else if (wraps && _cells.NeedsBreak(LastOf(row), next!.Value))
        {
            // Setting the mode again ends the cluster and leaves the wrap pending.
            _text.Mode(2027, isPrivate: true, on: emulator.Modes.GraphemeClusters);
        }
    }

    /// <summary>The last character of a row, before a second half or spacer.</summary>
    private static Cell LastOf(RowView row)
    {
        int column = row.Cells.Length - 1;
        while (column > 0 && row.Cells[column].Width is CellWidth.Tail or CellWidth.Spacer)
        {
            column--;
        }

        return row.Cells[column];
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

    // After a spacer only a wide character wraps, and gives it its own style.
    private readonly bool WrapsByItself(ReadOnlySpan<Cell> cells, Cell next) => !_cells.IsErased(next) && (cells[^1].Width == CellWidth.Spacer
        ? (next.Width == CellWidth.Wide || _cells.IsNarrowed(next)) && next.StyleId == cells[^1].StyleId
        : IsPrinted(cells[^1]));

    private readonly bool IsPrinted(Cell last) => last.Width == CellWidth.Tail || !_cells.IsErased(last);

    /// <summary>
    /// Makes a row go on in a next one that does not begin with text (any more): a character wraps and is erased again, and so is what had to be
    /// printed in the last column.
    /// </summary>
    private void Wrap(RowView row)
    {
        Cell last = row.Cells[^1];
        if (last.Width == CellWidth.Spacer)
        {
            _cells.Paint(last);
            _text.Add("\u3000"u8);
        }
        else if (IsPrinted(last))
        {
            _text.ResetPen();
            _text.Add(" "u8);
        }
        else if (emulator.Rows > 1)
        {
            _text.ResetPen();
            _text.Csi(row.Cells.Length, 'G');
            _text.Add("  \e[A"u8);
            _cells.EraseLast(row.Cells);
            _text.Add("\e[B"u8);
        }
        else
        {
            // There will be no way back to the row: it must not scroll out yet.
            _cells.EraseLast(row.Cells);
            return;
        }

        _text.ResetPen();
        _text.Add("\r\e[K"u8);
        _start = RowStart.Here;
    }
}
