using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Search;

namespace Tether.Tui.Dashboard.Tiles;

/// <summary>A place in a session's scrollback: what rows are shown, what is searched for there, what is selected.</summary>
internal sealed class TileHistory(TerminalEmulator emulator, int rows)
{
    private int _rows = rows;

    /// <summary>The absolute number of the first row shown.</summary>
    public long Top { get; private set; } = Math.Max(emulator.FirstRow, emulator.TopRow + emulator.Rows - rows);

    public SearchPattern? Pattern { get; private set; }

    /// <summary>The match that was gone to last.</summary>
    public SearchMatch? Match { get; private set; }

    /// <summary>Both ends of the selection, in the order they were set; null when nothing is selected.</summary>
    public ((long Row, int Column) Anchor, (long Row, int Column) Head)? Selection { get; private set; }

    /// <summary>The newest rows are shown.</summary>
    public bool IsAtEnd => Top == LastTop;

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

    private static ((long Row, int Column) First, (long Row, int Column) Last) Ordered(((long Row, int Column) Anchor, (long Row, int Column) Head) selection) =>
        selection.Anchor.CompareTo(selection.Head) <= 0 ? (selection.Anchor, selection.Head) : (selection.Head, selection.Anchor);
}
