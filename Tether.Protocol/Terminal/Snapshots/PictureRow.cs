using System.Text;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>Cuts rows into runs, from left to right without gaps, up to the last cell that is not an untouched blank.</summary>
internal sealed class PictureRow(TerminalEmulator emulator, PictureOptions options)
{
    private readonly List<PictureRun> _runs = [];
    private readonly StringBuilder _text = new();

    // The run that is being read: its first cell's column, bits without content, and link.
    private int _start;
    private ulong _paint;

    /// <summary>The runs of a row; valid until the next call.</summary>
    public IReadOnlyList<PictureRun> Read(long number)
    {
        _runs.Clear();
        RowView row = emulator.RowAt(number);
        int cursor = CursorColumn(row);
        int end = Math.Max(row.UsedLength, cursor + 1);
        _start = 0;
        for (int column = 0; column < end;)
        {
            Cell cell = row.Cells[column];
            int columns = cell.Width == CellWidth.Wide ? 2 : 1;
            bool isCursor = cursor >= column && cursor < column + columns;
            bool isAlone = isCursor || columns == 2 || cell.IsCluster;
            ulong paint = cell.Bits & (Cell.StyleMask | Cell.LinkMask);
            if (isAlone || paint != _paint)
            {
                EndRun(column, isFitted: false, cursor: null);
                _paint = paint;
            }

            // A tail whose wide character is gone does not exist; a blank keeps the columns if it did.
            _text.Append(cell.Width == CellWidth.Tail ? " " : emulator.GetText(cell));
            column += columns;
            if (isAlone)
            {
                EndRun(column, columns == 2 || cell.IsCluster, isCursor ? emulator.CursorShape : null);
            }
        }

        EndRun(end, isFitted: false, cursor: null);
        return _runs;
    }

    private void EndRun(int column, bool isFitted, CursorShape? cursor)
    {
        if (column > _start)
        {
            var cell = new Cell(_paint);
            PictureLook look = PictureLook.Of(emulator.Screen, emulator.GetStyle(cell));
            if (cursor is CursorShape.Default or CursorShape.BlinkingBlock or CursorShape.SteadyBlock)
            {
                look = look with { Foreground = look.Background, LineColor = look.Background, Background = CursorColor(emulator.Screen) };
            }

            string? link = emulator.GetLink(cell) is { } target && IsForPersons(target.Uri) ? target.Uri : null;
            _runs.Add(new PictureRun(_start, column - _start, _text.ToString(), look, link, isFitted, cursor));
        }

        _text.Clear();
        _start = column;
    }

    public static int CursorColor(Screen screen) => screen.Colors.Dynamic(12);

    private int CursorColumn(RowView row) =>
        options.ShowCursor && emulator.IsCursorVisible && row.Number == emulator.TopRow + emulator.Cursor.Row ? emulator.Cursor.Column : -1;

    // Anything else, `javascript:` above all, would be done in the name of whoever clicks.
    private static bool IsForPersons(string uri)
    {
        int colon = uri.IndexOf(':', StringComparison.Ordinal);
        string[] schemes = ["http", "https", "file", "mailto"];
        return colon > 0 && schemes.Contains(uri[..colon], StringComparer.OrdinalIgnoreCase);
    }
}
