using Tether.Protocol.Terminal;

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

    public Canvas Part(Area part) => new(frame, (part with { Column = part.Column + _area.Column, Row = part.Row + _area.Row }).Intersect(_area));

    /// <summary>The cells of one row, to be written directly.</summary>
    public Span<FrameCell> Row(int row) => frame.Row(_area.Row + row).Slice(_area.Column, _area.Columns);

    /// <summary>Blanks in a style.</summary>
    public void Fill(Style style)
    {
        for (var row = 0; row < Rows; row++)
        {
            Row(row).Fill(FrameCell.Of(' ', style));
        }
    }

    /// <summary>Writes a line of text without controls, as far as it fits; returns the column behind it.</summary>
    public int Write(int row, int column, string text, Style style)
    {
        if (row < 0 || row >= Rows)
        {
            return column;
        }

        var cells = Row(row);
        foreach (var cluster in TextWidth.Clusters(text))
        {
            var width = TextWidth.OfCluster(cluster);
            if (column + width > cells.Length)
            {
                break;
            }

            if (width > 0 && column >= 0)
            {
                var isSingle = cluster.Length == 1 || (cluster.Length == 2 && char.IsSurrogatePair(cluster, 0));
                var codePoint = isSingle ? char.ConvertToUtf32(cluster, 0) : 0;
                cells[column] = new FrameCell(codePoint, isSingle ? null : cluster, width == 2 ? CellWidth.Wide : CellWidth.Narrow, style);
                if (width == 2)
                {
                    cells[column + 1] = new FrameCell(0, null, CellWidth.Tail, style);
                }
            }

            column += width;
        }

        return column;
    }

    /// <summary>The terminal's cursor goes here, if that is inside.</summary>
    public void PutCursor(int row, int column)
    {
        if (row >= 0 && row < Rows && column >= 0 && column < Columns)
        {
            frame.Cursor = (_area.Row + row, _area.Column + column);
        }
    }
}
