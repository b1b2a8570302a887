using System.Text;
using Tether.Protocol.Terminal;

namespace Tether.Tui.Rendering;

/// <summary>A picture of the whole terminal: cells, and where the cursor is.</summary>
internal sealed class Frame(int columns, int rows)
{
    private readonly FrameCell[] _cells = new FrameCell[columns * rows];

    public int Columns => columns;

    public int Rows => rows;

    /// <summary>Null when it is hidden.</summary>
    public (int Row, int Column)? Cursor { get; set; }

    /// <summary>What it looks like where it is seen.</summary>
    public CursorShape CursorShape { get; set; }

    public Span<FrameCell> Row(int row) => _cells.AsSpan(row * columns, columns);

    /// <summary>Blank again, without a cursor, to be drawn anew.</summary>
    public void Clear() => Clear(default);

    /// <summary>Nothing but one cell, without a cursor.</summary>
    public void Clear(FrameCell cell)
    {
        _cells.AsSpan().Fill(cell);
        Cursor = null;
        CursorShape = default;
    }

    /// <summary>Writes plain characters from a column on, as far as they fit.</summary>
    public void Write(int row, int column, string text, Style style)
    {
        var target = Row(row);
        for (var i = 0; i < text.Length && column + i < columns; i++)
        {
            target[column + i] = FrameCell.Of(text[i], style);
        }

        Heal(target, column - 1);
        Heal(target, Math.Min(columns, column + text.Length));
    }

    /// <summary>The text alone, a line a row, trailing blanks cut.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            var line = new StringBuilder();
            foreach (var cell in Row(row))
            {
                cell.AppendTo(line);
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    // Half a wide character beside what was written over the other half is a blank.
    private static void Heal(Span<FrameCell> row, int column)
    {
        if (column < 0 || column >= row.Length)
        {
            return;
        }

        var isHeadAlone = row[column].Width == CellWidth.Wide && (column + 1 == row.Length || row[column + 1].Width != CellWidth.Tail);
        var isTailAlone = row[column].Width == CellWidth.Tail && (column == 0 || row[column - 1].Width != CellWidth.Wide);
        if (isHeadAlone || isTailAlone)
        {
            row[column] = FrameCell.Of(' ', row[column].Style);
        }
    }
}
