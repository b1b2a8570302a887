namespace Tether.Tui.Dashboard.Model;

/// <summary>Sessions that belong together, in the order of their creation.</summary>
/// <param name="Name">The directory, tag or host; empty for sessions without one, and for the only group where nothing divides them.</param>
/// <param name="Sessions">At least one.</param>
internal sealed record FleetGroup(string Name, IReadOnlyList<SessionItem> Sessions);
