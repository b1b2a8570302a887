namespace Tether.Protocol.Terminal.Screens;

/// <summary>A bit for each column; every eighth to begin with.</summary>
internal sealed class TabStops
{
    private bool[] _stops;

    public TabStops(int columns)
    {
        _stops = new bool[columns];
        Reset();
    }

    public bool this[int column]
    {
        get => _stops[column];
        set => _stops[column] = value;
    }

    public void Reset()
    {
        for (int column = 0; column < _stops.Length; column++)
        {
            _stops[column] = column > 0 && column % 8 == 0;
        }
    }

    public void ClearAll() => Array.Clear(_stops);

    public void Resize(int columns)
    {
        int old = _stops.Length;
        Array.Resize(ref _stops, columns);
        for (int column = old; column < columns; column++)
        {
            _stops[column] = column % 8 == 0;
        }
    }

    /// <summary>The next stop right of a column, at most <paramref name="last"/>.</summary>
    public int Next(int column, int last)
    {
        do
        {
            column++;
        }
        while (column < last && !_stops[column]);
        return Math.Min(column, last);
    }

    public int Previous(int column)
    {
        do
        {
            column--;
        }
        while (column > 0 && !_stops[column]);
        return Math.Max(column, 0);
    }
}
