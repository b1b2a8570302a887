namespace Tether.Tui.Dashboard.Model;

/// <summary>Which groups of the fleet are folded away. What is folded is neither in the list nor a tile; the past ones are, until somebody unfolds them.</summary>
internal sealed class Roster(Fleet fleet)
{
    private readonly HashSet<(string Name, bool IsPast)> _folded = [(FleetGroup.PastName, true)];
    private SessionItem[] _sessions = [];
    private int _version = -1;

    /// <summary>Those in sight, in the order of the list.</summary>
    public IReadOnlyList<SessionItem> Sessions
    {
        get
        {
            if (_version != fleet.Version)
            {
                _sessions = [.. fleet.Groups.Where(group => !IsFolded(group)).SelectMany(group => group.Sessions)];
                _version = fleet.Version;
            }

            return _sessions;
        }
    }

    public bool IsFolded(FleetGroup group) => _folded.Contains(KeyOf(group));

    /// <summary>-1 for one that is not in sight.</summary>
    public int IndexOf(string? id)
    {
        for (var i = 0; i < Sessions.Count; i++)
        {
            if (_sessions[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    public void Toggle(FleetGroup group)
    {
        if (!_folded.Remove(KeyOf(group)))
        {
            _folded.Add(KeyOf(group));
        }

        _version = -1;
    }

    public void UnfoldAll()
    {
        _folded.Clear();
        _version = -1;
    }

    /// <summary>Unfolds the group that a session is in.</summary>
    public void Reveal(string id)
    {
        if (GroupOf(id) is { } group && _folded.Remove(KeyOf(group)))
        {
            _version = -1;
        }
    }

    /// <summary>Null for a session that is not known.</summary>
    public FleetGroup? GroupOf(string id) => fleet.Groups.FirstOrDefault(group => group.Sessions.Any(item => item.Id == id));

    private static (string Name, bool IsPast) KeyOf(FleetGroup group) => (group.Name, group.IsPast);
}
