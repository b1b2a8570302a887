namespace Tether.Tui.Dashboard.Model;

/// <summary>Divides sessions into groups that keep the place where they first appeared, also while their first session goes. What is past stands last.</summary>
internal sealed class FleetOrder(Grouping grouping)
{
    private readonly Dictionary<string, int> _places = [];

    public Grouping Grouping => grouping;

    /// <param name="items">In the order of their creation.</param>
    public List<FleetGroup> Divide(IEnumerable<SessionItem> items)
    {
        var all = items.ToLookup(item => item.IsPast);
        var groups = all[false].GroupBy(NameOf).ToList();
        foreach (var group in groups)
        {
            _places.TryAdd(group.Key, _places.Count);
        }

        var divided = groups.OrderBy(group => _places[group.Key]).Select(group => new FleetGroup(group.Key, [.. group])).ToList();
        if (all[true].Any())
        {
            divided.Add(new FleetGroup(FleetGroup.PastName, [.. all[true]]));
        }

        return divided;
    }

    private string NameOf(SessionItem item) => grouping switch
    {
        Grouping.Directory => item.Record.Directory,
        Grouping.Tag => item.Tags.Count > 0 ? item.Tags[0] : "",
        Grouping.Host => item.Host,
        _ => "",
    };
}
