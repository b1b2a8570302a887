namespace Tether.Tui.Rendering;

/// <summary>A rectangle of cells, 0-based; may be empty.</summary>
internal readonly record struct Area(int Column, int Row, int Columns, int Rows)
{
    public int Right => Column + Columns;

    public int Bottom => Row + Rows;

    public bool IsEmpty => Columns <= 0 || Rows <= 0;

    public bool Contains(int column, int row) => column >= Column && column < Right && row >= Row && row < Bottom;

    /// <summary>Without so many cells at each side.</summary>
    public Area Inset(int left, int top, int right, int bottom) =>
        new(Column + left, Row + top, Math.Max(0, Columns - left - right), Math.Max(0, Rows - top - bottom));

    public Area Inset(int by) => Inset(by, by, by, by);

    public Area Intersect(Area other)
    {
        var (column, row) = (Math.Max(Column, other.Column), Math.Max(Row, other.Row));
        return new(column, row, Math.Max(0, Math.Min(Right, other.Right) - column), Math.Max(0, Math.Min(Bottom, other.Bottom) - row));
    }
}
