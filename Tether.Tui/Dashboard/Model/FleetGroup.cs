namespace Tether.Tui.Dashboard.Model;

/// <summary>Sessions that belong together, in the order of their creation.</summary>
/// <param name="Name">The directory, tag or host; empty for sessions without one, and for the only group where nothing divides them.</param>
/// <param name="Sessions">At least one.</param>
internal sealed record FleetGroup(string Name, IReadOnlyList<SessionItem> Sessions)
{
    /// <summary>What those that are <see cref="SessionItem.IsPast"/> are called together.</summary>
    public const string PastName = "ended";

    /// <summary>The last one, of those that are <see cref="SessionItem.IsPast"/>.</summary>
    public bool IsPast => Sessions[0].IsPast;
}
