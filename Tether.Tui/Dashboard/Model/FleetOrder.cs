namespace Tether.Tui.Dashboard.Model;

/// <summary>Divides sessions into groups that keep the place where they first appeared, also while their first session goes.</summary>
internal sealed class FleetOrder(Grouping grouping)
{
    private readonly Dictionary<string, int> _places = [];

    public Grouping Grouping => grouping;

    /// <param name="items">In the order of their creation.</param>
    public List<FleetGroup> Divide(IEnumerable<SessionItem> items)
    {
        var groups = items.GroupBy(NameOf).ToList();
        foreach (var group in groups)
        {
            _places.TryAdd(group.Key, _places.Count);
        }

        return [.. groups.OrderBy(group => _places[group.Key]).Select(group => new FleetGroup(group.Key, [.. group]))];
    }

    private string NameOf(SessionItem item) => grouping switch
    {
        Grouping.Directory => item.Record.Directory,
        Grouping.Tag => item.Tags.Count > 0 ? item.Tags[0] : "",
        Grouping.Host => item.Host,
        _ => "",
    };
}
