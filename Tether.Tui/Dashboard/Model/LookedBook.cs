namespace Tether.Tui.Dashboard.Model;

/// <summary>When this person last looked at each session. Belongs to the dashboard's loop; <see cref="LookedFile"/> keeps it on disk.</summary>
internal sealed class LookedBook
{
    private readonly Dictionary<string, Look> _looks = [];
    private readonly HashSet<string> _removed = [];

    public IReadOnlyDictionary<string, Look> Looks => _looks;

    /// <summary>When this person last left a dashboard; null if there never was one.</summary>
    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>True if there is something to write down.</summary>
    public bool IsChanged { get; private set; }

    public Look? Find(string session) => _looks.GetValueOrDefault(session);

    public void Looked(string session, Look look)
    {
        _looks[session] = look;
        _removed.Remove(session);
        IsChanged = true;
    }

    /// <summary>The dashboard ends.</summary>
    public void Left(DateTimeOffset now)
    {
        LeftAt = now;
        IsChanged = true;
    }

    public void Remove(string session)
    {
        if (_looks.Remove(session))
        {
            _removed.Add(session);
            IsChanged = true;
        }
    }

    /// <summary>Forgets the sessions that are not among those known.</summary>
    public void Prune(IReadOnlySet<string> known)
    {
        foreach (var session in _looks.Keys.Where(session => !known.Contains(session)).ToList())
        {
            Remove(session);
        }
    }

    /// <summary>Takes the newer looks of another dashboard of the same person, but none of sessions that were forgotten here.</summary>
    public void Merge(LookedBook other)
    {
        foreach (var (session, look) in other._looks)
        {
            if (!_removed.Contains(session) && (!_looks.TryGetValue(session, out var known) || known.At < look.At))
            {
                _looks[session] = look;
            }
        }

        LeftAt = LeftAt is null || LeftAt < other.LeftAt ? other.LeftAt : LeftAt;
    }

    /// <summary>It is on disk as it is now.</summary>
    public void Written() => IsChanged = false;
}
