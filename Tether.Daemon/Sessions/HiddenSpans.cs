namespace Tether.Daemon.Sessions;

/// <summary>
/// The parts of the output that no viewer's terminal may see, because they are queries that the emulator has answered. In order; only
/// those that may still be delivered are kept.
/// </summary>
internal sealed class HiddenSpans
{
    private readonly Queue<(long Start, long End)> _spans = new();

    public void Add(long start, long end) => _spans.Enqueue((start, end));

    /// <summary>Forgets what lies before an offset.</summary>
    public void DropBefore(long offset)
    {
        while (_spans.TryPeek(out var span) && span.End <= offset)
        {
            _spans.Dequeue();
        }
    }

    /// <summary>Moves past a hidden span that begins at or covers <paramref name="from"/>, and cuts <paramref name="end"/> where the next one begins.</summary>
    public void Clip(ref long from, ref long end)
    {
        foreach (var (start, stop) in _spans)
        {
            if (stop <= from)
            {
                continue;
            }

            if (start > from)
            {
                end = Math.Min(end, start);
                return;
            }

            from = stop;
        }
    }
}
