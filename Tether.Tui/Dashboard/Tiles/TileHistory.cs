using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Search;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Tui.Rendering;

namespace Tether.Tui.Dashboard.Tiles;

/// <summary>A place in a session's scrollback: what rows are shown, what is searched for there, what is selected.</summary>
internal sealed class TileHistory(TerminalEmulator emulator, int rows)
{
    // Besides letters and digits: what paths and addresses are made of.
    private const string WordSigns = "_-./~:@%+?=&#";

    private int _rows = rows;

    /// <summary>A screen as it is now, to select on: a copy, shown from the same row and column as the live one.</summary>
    public static TileHistory OfScreen(TerminalEmulator live, TileCrop crop)
    {
        var bytes = new ArrayBufferWriter<byte>();
        SnapshotWriter.Write(live, bytes, new SnapshotOptions());
        var copy = new TerminalEmulator(new TerminalOptions { Columns = live.Columns, Rows = live.Rows, ScrollbackRows = 0 }) { SuppressAnswers = true };
        copy.Feed(bytes.WrittenSpan);
        return new TileHistory(copy, crop.Rows) { IsScreen = true, Top = copy.TopRow + crop.Row, Left = crop.Column };
    }

    /// <summary>What is shown; nothing feeds it.</summary>
    public TerminalEmulator Emulator => emulator;

    /// <summary>The live screen of a moment ago, not the scrollback.</summary>
    public bool IsScreen { get; private init; }

    /// <summary>The first column shown.</summary>
    public int Left { get; private init; }

    /// <summary>The absolute number of the first row shown.</summary>
    public long Top { get; private set; } = Math.Max(emulator.FirstRow, emulator.TopRow + emulator.Rows - rows);

    public SearchPattern? Pattern { get; private set; }

    /// <summary>The match that was gone to last.</summary>
    public SearchMatch? Match { get; private set; }

    /// <summary>Both ends of the selection, in the order they were set; null when nothing is selected.</summary>
    public ((long Row, int Column) Anchor, (long Row, int Column) Head)? Selection { get; private set; }

    /// <summary>The newest rows are shown.</summary>
    public bool IsAtEnd => Top == LastTop;

    /// <summary>The absolute number of the row where output is now.</summary>
    public long OutputRow => emulator.TopRow + emulator.Cursor.Row;

    /// <summary>How many rows lie below the shown ones.</summary>
    public long Below => LastTop - Top;

    private long LastTop => Math.Max(emulator.FirstRow, emulator.TopRow + emulator.Rows - _rows);

    public void Resize(int rows)
    {
        _rows = rows;
        Scroll(0);
    }

    /// <summary>Moves the shown rows; negative towards older ones.</summary>
    public void Scroll(long by) => Top = Math.Clamp(Top + by, emulator.FirstRow, LastTop);

    public void Page(int pages) => Scroll(pages * (long)Math.Max(1, _rows - 1));

    public void ToStart() => Top = emulator.FirstRow;

    public void ToEnd() => Top = LastTop;

    /// <summary>Shows a row in the middle.</summary>
    public void Show(long row)
    {
        Top = row - (_rows / 2);
        Scroll(0);
    }

    /// <summary>Begins a search at the newest row; false when nothing matches. Null ends it.</summary>
    public bool Search(SearchPattern? pattern)
    {
        (Pattern, Match) = (pattern, null);
        return pattern is null || Previous();
    }

    /// <summary>Goes to the next older match; false when there is none, and nothing moves.</summary>
    public bool Previous() => Go(Pattern is null ? null : TerminalSearch.FindPrevious(
        emulator, Pattern, Match?.FirstRow ?? emulator.TopRow + emulator.Rows, Match?.FirstColumn ?? 0));

    /// <summary>Goes to the next newer match.</summary>
    public bool Next() => Go(Pattern is null || Match is null ? null : TerminalSearch.FindNext(
        emulator, Pattern, Match.Value.FirstRow, Match.Value.FirstColumn));

    public void Select((long Row, int Column) anchor, (long Row, int Column) head) => Selection = (anchor, head);

    public void Deselect() => Selection = null;

    /// <summary>Begins a selection of one cell: where the cursor is if that is in sight, else in the last row shown.</summary>
    public void BeginSelection()
    {
        var cursor = (Row: emulator.TopRow + emulator.Cursor.Row, emulator.Cursor.Column);
        var start = Match is { } match ? (match.FirstRow, match.FirstColumn)
            : cursor.Row >= Top && cursor.Row < Top + _rows ? cursor
            : (Math.Min(Top + _rows, LastRow + 1) - 1, 0);
        Selection = (start, start);
    }

    /// <summary>Moves the end of the selection and keeps it in sight.</summary>
    public void MoveHead(long rows, int columns)
    {
        if (Selection is { } selection)
        {
            var isInside = IsTail(selection.Head.Row + rows, selection.Head.Column + columns);
            PutHead(selection.Anchor, selection.Head.Row + rows, selection.Head.Column + columns + (isInside ? Math.Sign(columns) : 0));
        }
    }

    /// <summary>To the first column of its row, or to the last that has text.</summary>
    public void MoveHeadInLine(bool toEnd)
    {
        if (Selection is { } selection)
        {
            var text = emulator.GetText(emulator.RowAt(selection.Head.Row)).TrimEnd();
            PutHead(selection.Anchor, selection.Head.Row, toEnd ? Math.Max(0, TextWidth.Of(text) - 1) : 0);
        }
    }

    /// <summary>Selects the word at a cell: letters, digits and what paths and addresses are made of, also over rows that autowrap broke.</summary>
    public void SelectWord(long row, int column)
    {
        if (column >= emulator.Columns)
        {
            return;
        }

        var (first, last) = ((Row: row, Column: column), (Row: row, Column: column));
        if (IsWord(first))
        {
            while (Before(first) is { } before && IsWord(before))
            {
                first = before;
            }

            while (Behind(last) is { } behind && IsWord(behind))
            {
                last = behind;
            }
        }

        Selection = (first, last);
    }

    /// <summary>Selects the whole line that a row belongs to, however often autowrap broke it.</summary>
    public void SelectLine(long row)
    {
        var (first, last) = (row, row);
        while (first > emulator.FirstRow && emulator.RowAt(first - 1).IsWrapped)
        {
            first--;
        }

        while (last < LastRow && emulator.RowAt(last).IsWrapped)
        {
            last++;
        }

        Selection = ((first, 0), (last, emulator.Columns - 1));
    }

    /// <summary>True for a cell of the selection.</summary>
    public bool IsSelected(long row, int column)
    {
        if (Selection is not { } selection)
        {
            return false;
        }

        var (first, last) = Ordered(selection);
        return (row, column).CompareTo(first) >= 0 && (row, column).CompareTo(last) <= 0;
    }

    /// <summary>The selected text; rows that autowrap broke are joined, blanks at the ends of lines cut.</summary>
    public string SelectedText()
    {
        if (Selection is not { } selection)
        {
            return "";
        }

        var ((firstRow, firstColumn), (lastRow, lastColumn)) = Ordered(selection);
        var text = new StringBuilder();
        for (var row = Math.Max(firstRow, emulator.FirstRow); row <= Math.Min(lastRow, emulator.TopRow + emulator.Rows - 1); row++)
        {
            var view = emulator.RowAt(row);
            var from = row == firstRow ? firstColumn : 0;
            var to = row == lastRow ? Math.Min(lastColumn + 1, view.Cells.Length) : view.Cells.Length;
            var line = new StringBuilder();
            for (var column = from; column < to; column++)
            {
                line.Append(view.Cells[column].Width == CellWidth.Tail ? "" : emulator.GetText(view.Cells[column], row, column));
            }

            var goesOn = view.IsWrapped && row < lastRow;
            text.Append(goesOn ? line.ToString() : line.ToString().TrimEnd(' '));
            text.Append(goesOn || row == lastRow ? "" : "\n");
        }

        return text.ToString();
    }

    private bool IsWord((long Row, int Column) at)
    {
        ref readonly var cell = ref emulator.RowAt(at.Row).Cells[at.Column];
        return cell.Width == CellWidth.Tail
            || (emulator.GetText(cell, at.Row, at.Column) is { Length: > 0 } text
                && (char.IsLetterOrDigit(text[0]) || text[0] > '\x7F' || WordSigns.Contains(text[0], StringComparison.Ordinal)));
    }

    // The neighbouring cells in the same line; null at its ends.
    private (long Row, int Column)? Before((long Row, int Column) at) =>
        at.Column > 0 ? (at.Row, at.Column - 1)
        : at.Row > emulator.FirstRow && emulator.RowAt(at.Row - 1) is { IsWrapped: true, Cells.Length: var columns } ? (at.Row - 1, columns - 1)
        : null;

    private (long Row, int Column)? Behind((long Row, int Column) at)
    {
        var row = emulator.RowAt(at.Row);
        return at.Column < row.Cells.Length - 1 ? (at.Row, at.Column + 1)
            : row.IsWrapped && at.Row < LastRow ? (at.Row + 1, 0)
            : null;
    }

    private long LastRow => emulator.TopRow + emulator.Rows - 1;

    private void PutHead((long Row, int Column) anchor, long row, int column)
    {
        row = Math.Clamp(row, emulator.FirstRow, LastRow);
        Selection = (anchor, (row, Math.Clamp(column, 0, emulator.Columns - 1)));
        Scroll(Math.Min(0, row - Top) + Math.Max(0, row - (Top + _rows - 1)));
    }

    /// <summary>So many rows from the first one shown, without blanks behind them.</summary>
    public string ShownText(int count)
    {
        var former = Selection;
        Selection = ((Top, 0), (Math.Min(Top + count - 1, LastRow), emulator.Columns - 1));
        var text = SelectedText().TrimEnd('\n');
        Selection = former;
        return text;
    }

    private bool Go(SearchMatch? match)
    {
        if (match is not { } found)
        {
            return false;
        }

        Match = found;
        if (found.FirstRow < Top || found.LastRow >= Top + _rows)
        {
            Show(found.FirstRow);
        }

        return true;
    }

    // From the first cell to the last, with both halves of the wide characters at its ends.
    private ((long Row, int Column) First, (long Row, int Column) Last) Ordered(((long Row, int Column) Anchor, (long Row, int Column) Head) selection)
    {
        var (first, last) = selection.Anchor.CompareTo(selection.Head) <= 0 ? (selection.Anchor, selection.Head) : (selection.Head, selection.Anchor);
        return ((first.Row, first.Column - (IsTail(first.Row, first.Column) ? 1 : 0)), (last.Row, last.Column + (IsTail(last.Row, last.Column + 1) ? 1 : 0)));
    }

    // The second half of a wide character.
    private bool IsTail(long row, int column) =>
        row >= emulator.FirstRow && row <= LastRow && column >= 0 && emulator.RowAt(row).Cells is var cells && column < cells.Length && cells[column].Width == CellWidth.Tail;
}
