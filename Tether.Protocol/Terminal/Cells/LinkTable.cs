namespace Tether.Protocol.Terminal.Cells;

/// <summary>Hyperlinks by number; 0 is none. When full, what the live rows do not use is forgotten; sealed rows keep their own.</summary>
internal sealed class LinkTable
{
    private const int MaxLinks = 1 << 16;

    private readonly List<Hyperlink?> _links = [null];
    private readonly Dictionary<Hyperlink, ushort> _numbers = [];
    private int _limit = 512;
    private int _refused;

    public int Count => _links.Count;

    public bool WantsSweep => _links.Count >= _limit && (_links.Count < MaxLinks || _refused > MaxLinks / 8);

    public Hyperlink? this[int id] => _links[id];

    public bool TryFind(Hyperlink link, out ushort id) => _numbers.TryGetValue(link, out id);

    public ushort Add(Hyperlink link)
    {
        if (_links.Count == MaxLinks)
        {
            _refused++;
            return 0;
        }

        var id = (ushort)_links.Count;
        _links.Add(link);
        _numbers[link] = id;
        return id;
    }

    public ushort[] Sweep(ReadOnlySpan<bool> marks)
    {
        var moved = new ushort[_links.Count];
        Hyperlink?[] old = [.. _links];
        _links.Clear();
        _links.Add(null);
        _numbers.Clear();
        _refused = 0;
        for (int id = 1; id < old.Length; id++)
        {
            if (marks[id])
            {
                moved[id] = (ushort)_links.Count;
                _numbers[old[id]!] = moved[id];
                _links.Add(old[id]);
            }
        }

        while (_links.Count > _limit / 2 && _limit < MaxLinks)
        {
            _limit *= 2;
        }

        return moved;
    }
}
