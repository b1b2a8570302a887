namespace Tether.Tui.Dashboard.Layout;

/// <summary>The parts of the dashboard, from top to bottom.</summary>
internal enum DashboardPart
{
    /// <summary>Counts, host, clock.</summary>
    Top,

    /// <summary>The session list.</summary>
    List,

    Tiles,

    /// <summary>What the chosen item of the queue asks, in full.</summary>
    Card,

    /// <summary>The strip of what needs a human.</summary>
    Queue,

    /// <summary>The mode and the keys that matter now.</summary>
    Bottom,
}
