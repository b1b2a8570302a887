namespace Tether.Tui.Dashboard.Layout;

/// <summary>How much larger or smaller than the others a person made the tiles of sessions, in steps. Belongs to the dashboard's loop.</summary>
internal sealed class TileWeights
{
    private const int Smallest = -4;
    private const int Largest = 8;

    // Five steps make a tile two and a half times as wide.
    private const double Step = 1.2;

    private readonly SortedDictionary<string, int> _steps = new(StringComparer.Ordinal);

    /// <summary>Reads what <see cref="ToString"/> wrote: `abc=2 def=-1`. Null for anything else.</summary>
    public static TileWeights? Parse(string text)
    {
        var weights = new TileWeights();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=') is not [{ Length: > 0 } session, var number] || !int.TryParse(number, out var steps))
            {
                return null;
            }

            weights.Change(session, steps);
        }

        return weights;
    }

    /// <summary>1 unless it was changed.</summary>
    public double Of(string session) => Math.Pow(Step, _steps.GetValueOrDefault(session));

    /// <returns>False at the end of what is possible.</returns>
    public bool Grow(string session) => Change(session, 1);

    /// <returns>False at the end of what is possible.</returns>
    public bool Shrink(string session) => Change(session, -1);

    /// <summary>Forgets the sessions that are not among those known.</summary>
    public void Prune(IReadOnlySet<string> known)
    {
        foreach (var session in _steps.Keys.Where(session => !known.Contains(session)).ToList())
        {
            _steps.Remove(session);
        }
    }

    public override string ToString() => string.Join(' ', _steps.Select(entry => $"{entry.Key}={entry.Value}"));

    private bool Change(string session, int by)
    {
        var before = _steps.GetValueOrDefault(session);
        var after = Math.Clamp(before + by, Smallest, Largest);
        if (after == 0)
        {
            _steps.Remove(session);
        }
        else
        {
            _steps[session] = after;
        }

        return after != before;
    }
}
