namespace Tether.Daemon.Sessions;

/// <summary>
/// The parts of the output that no viewer's terminal may see, because they are queries that the emulator has answered. In order; only
/// those that may still be delivered are kept. Looking one up stays cheap where a program prints nothing but queries.
/// </summary>
internal sealed class HiddenSpans
{
    // So many forgotten spans are worth moving the others.
    private const int MaxForgotten = 1024;

    private readonly List<(long Start, long End)> _spans = [];
    private int _first;

    public int Count => _spans.Count - _first;

    public void Add(long start, long end)
    {
        if (Count > 0 && _spans[^1].End == start)
        {
            _spans[^1] = (_spans[^1].Start, end);
            return;
        }

        _spans.Add((start, end));
    }

    /// <summary>Forgets what lies before an offset.</summary>
    public void DropBefore(long offset)
    {
        while (Count > 0 && _spans[_first].End <= offset)
        {
            _first++;
        }

        if (_first == _spans.Count || (_first > MaxForgotten && _first > Count))
        {
            _spans.RemoveRange(0, _first);
            _first = 0;
        }
    }

    /// <summary>Moves past a hidden span that begins at or covers <paramref name="from"/>, and cuts <paramref name="end"/> where the next one begins.</summary>
    public void Clip(ref long from, ref long end)
    {
        for (var i = FirstBehind(from); i < _spans.Count; i++)
        {
            var (start, stop) = _spans[i];
            if (start > from)
            {
                end = Math.Min(end, start);
                return;
            }

            from = stop;
        }
    }

    private int FirstBehind(long offset)
    {
        var (low, high) = (_first, _spans.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _spans[middle].End <= offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
