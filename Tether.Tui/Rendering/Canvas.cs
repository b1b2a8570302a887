using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Tui.Rendering;

/// <summary>
/// A part of a frame that a view draws on. Rows and columns count from the part's own corner; whatever would be outside of it is cut off, wide
/// characters as a whole.
/// </summary>
internal readonly struct Canvas(Frame frame, Area area)
{
    private readonly Area _area = area.Intersect(new Area(0, 0, frame.Columns, frame.Rows));

    public int Columns => _area.Columns;

    public int Rows => _area.Rows;

    /// <summary>Where the part is on the frame.</summary>
    public Area Area => _area;

    /// <summary>The part in its own coordinates.</summary>
    public Area Whole => new(0, 0, Columns, Rows);

    public Canvas Part(Area part) => new(frame, (part with { Column = part.Column + _area.Column, Row = part.Row + _area.Row }).Intersect(_area));

    /// <summary>The cells of one row, to be written directly.</summary>
    public Span<FrameCell> Row(int row) => frame.Row(_area.Row + row).Slice(_area.Column, _area.Columns);

    /// <summary>Blanks in a style.</summary>
    public void Fill(Style style)
    {
        for (var row = 0; row < Rows; row++)
        {
            Row(row).Fill(FrameCell.Of(' ', style));
            Heal(row, 0);
            Heal(row, Columns);
        }
    }

    /// <summary>Writes a line of text without controls, as far as it fits; returns the column behind it.</summary>
    public int Write(int row, int column, ReadOnlySpan<char> text, Style style)
    {
        if (row < 0 || row >= Rows || text.IsEmpty)
        {
            return column;
        }

        var cells = Row(row);
        var first = -1;
        while (!text.IsEmpty)
        {
            var length = DisplayWidth.NextCluster(text, out var width);
            if (column + width > cells.Length)
            {
                break;
            }

            if (width > 0 && column >= 0)
            {
                first = first < 0 ? column : first;
                Put(cells, column, text[..length], width, style);
            }

            column += width;
            text = text[length..];
        }

        Heal(row, first);
        Heal(row, column);
        return column;
    }

    /// <summary>Writes a text so that it ends in front of a column, cut where there is less room; returns where it begins.</summary>
    public int WriteRight(int row, int end, string text, Style style)
    {
        var kept = TextWidth.Cut(text, end);
        var column = end - TextWidth.Of(kept);
        Write(row, column, kept, style);
        return column;
    }

    /// <summary>The terminal's cursor goes here, if that is inside.</summary>
    public void PutCursor(int row, int column, CursorShape shape = CursorShape.Default)
    {
        if (row >= 0 && row < Rows && column >= 0 && column < Columns)
        {
            frame.Cursor = (_area.Row + row, _area.Column + column);
            frame.CursorShape = shape;
        }
    }

    /// <summary>
    /// A border around an area, its inside untouched, with texts in the upper edge: the title, cut if it must be, and one at the right where both have
    /// room. Areas of less than two rows or columns get none.
    /// </summary>
    public void Box(Area box, Style style, BoxKind kind, string title = "", string right = "", Style? titleStyle = null)
    {
        if (box.Columns < 2 || box.Rows < 2)
        {
            return;
        }

        var signs = Signs(kind);
        Line(box.Row, box, signs[0], signs[1], signs[2], style);
        Line(box.Bottom - 1, box, signs[4], signs[1], signs[5], style);
        for (var row = box.Row + 1; row < box.Bottom - 1; row++)
        {
            Write(row, box.Column, signs.AsSpan(3, 1), style);
            Write(row, box.Right - 1, signs.AsSpan(3, 1), style);
        }

        WriteTitles(box, style, titleStyle ?? style, title, right);
    }

    /// <summary>Everything in an area in a style that steps back.</summary>
    public void Dim(Area area, Dimming dimming)
    {
        var part = area.Intersect(Whole);
        for (var row = part.Row; row < part.Bottom; row++)
        {
            foreach (ref var cell in Row(row).Slice(part.Column, part.Columns))
            {
                cell = cell with { Style = dimming.Of(cell.Style) };
            }
        }
    }

    /// <summary>What stands in an area, in another style. Half a wide character takes its other half along.</summary>
    public void Highlight(Area area, Style style)
    {
        var part = area.Intersect(Whole);
        for (var row = part.Row; row < part.Bottom && part.Columns > 0; row++)
        {
            var cells = Row(row);
            var from = part.Column - (part.Column > 0 && cells[part.Column].Width == CellWidth.Tail ? 1 : 0);
            var to = part.Right + (part.Right < cells.Length && cells[part.Right].Width == CellWidth.Tail ? 1 : 0);
            foreach (ref var cell in cells[from..to])
            {
                cell = cell with { Style = style };
            }
        }
    }

    /// <summary>
    /// Copies what fits of an emulator's rows, from a row (absolute) and a column on, to the upper left corner. Rows that it does not have and columns
    /// beyond its width stay as they are; wide characters cut in half are blank, images are shaded blocks.
    /// </summary>
    public void Draw(TerminalEmulator session, long firstRow, int firstColumn)
    {
        for (var row = 0; row < Rows; row++)
        {
            if (firstRow + row >= session.FirstRow && firstRow + row < session.TopRow + session.Rows)
            {
                Draw(session, session.RowAt(firstRow + row).Cells, firstColumn, row);
            }
        }
    }

    private static string Signs(BoxKind kind) => kind switch
    {
        BoxKind.Heavy => "┏━┓┃┗┛",
        BoxKind.Double => "╔═╗║╚╝",
        BoxKind.Rounded => "╭─╮│╰╯",
        BoxKind.Ascii => "+-+|++",
        _ => "┌─┐│└┘",
    };

    private static void Put(Span<FrameCell> cells, int column, ReadOnlySpan<char> cluster, int width, Style style)
    {
        Rune.DecodeFromUtf16(cluster, out var first, out var used);
        var isSingle = used == cluster.Length;
        cells[column] = new FrameCell(isSingle ? first.Value : 0, isSingle ? null : cluster.ToString(), width == 2 ? CellWidth.Wide : CellWidth.Narrow, style);
        if (width == 2)
        {
            cells[column + 1] = new FrameCell(0, null, CellWidth.Tail, style);
        }
    }

    private void Draw(TerminalEmulator session, ReadOnlySpan<Cell> source, int firstColumn, int row)
    {
        var target = Row(row);
        var count = Math.Min(target.Length, source.Length - firstColumn);
        for (var column = 0; column < count; column++)
        {
            var cell = source[firstColumn + column];
            var isCut = (cell.Width == CellWidth.Wide && column + 1 == count) || (cell.Width == CellWidth.Tail && column == 0);
            var style = session.GetStyle(cell);
            var isText = cell.IsCluster || session.IsImageCharacter(cell);
            target[column] = isCut
                ? FrameCell.Of(' ', style)
                : new FrameCell(isText ? 0 : cell.CodePoint, isText ? session.GetText(cell) : null, cell.Width, style);
        }

        if (count > 0)
        {
            Heal(row, 0);
            Heal(row, count);
        }
    }

    private void Line(int row, Area box, char left, char middle, char right, Style style)
    {
        if (row < 0 || row >= Rows)
        {
            return;
        }

        Write(row, box.Column, [left], style);
        for (var column = Math.Max(0, box.Column + 1); column < Math.Min(Columns, box.Right - 1); column++)
        {
            Write(row, column, [middle], style);
        }

        Write(row, box.Right - 1, [right], style);
    }

    // ┌─ title ───── right ─┐
    private void WriteTitles(Area box, Style style, Style titleStyle, string title, string right)
    {
        const int Edges = 6;
        const int Between = 3;
        var room = box.Columns - Edges;
        var (titleWidth, rightWidth) = (TextWidth.Of(title), TextWidth.Of(right));
        var hasRight = rightWidth > 0 && rightWidth <= (titleWidth == 0 ? room : room - Between - Math.Min(titleWidth, 8));
        if (hasRight)
        {
            Write(box.Row, box.Right - 4 - rightWidth, $" {right} ", style);
            room -= rightWidth + Between;
        }

        var kept = TextWidth.Cut(title, room);
        if (kept.Length > 0)
        {
            Write(box.Row, box.Column + 2, $" {kept} ", titleStyle);
        }
    }

    // Beside what was written at one side of a column half a wide character may be left: it becomes a blank.
    private void Heal(int row, int column)
    {
        var cells = frame.Row(_area.Row + row);
        var at = _area.Column + column;
        if (column < 0 || column > Columns)
        {
            return;
        }

        if (at > 0 && cells[at - 1].Width == CellWidth.Wide && (at == cells.Length || cells[at].Width != CellWidth.Tail))
        {
            cells[at - 1] = FrameCell.Of(' ', cells[at - 1].Style);
        }

        if (at < cells.Length && cells[at].Width == CellWidth.Tail && (at == 0 || cells[at - 1].Width != CellWidth.Wide))
        {
            cells[at] = FrameCell.Of(' ', cells[at].Style);
        }
    }
}
