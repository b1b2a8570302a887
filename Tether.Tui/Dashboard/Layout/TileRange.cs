namespace Tether.Tui.Dashboard.Layout;

/// <summary>Tiles that follow one another.</summary>
internal readonly record struct TileRange(int First, int Count)
{
    public IEnumerable<int> Indices => Enumerable.Range(First, Count);

    /// <summary>As few pages as hold so many tiles with at most so many on one, evenly filled.</summary>
    public static List<TileRange> Pages(int count, int most) => new TileRange(0, count).Split((count + most - 1) / most);

    public bool Has(int index) => index >= First && index < First + Count;

    /// <summary>So many parts that differ by at most one tile, the larger first.</summary>
    public List<TileRange> Split(int parts)
    {
        var ranges = new List<TileRange>();
        for (var (part, at) = (0, First); part < parts; part++)
        {
            var size = (Count / parts) + (part < Count % parts ? 1 : 0);
            ranges.Add(new TileRange(at, size));
            at += size;
        }

        return ranges;
    }
}
