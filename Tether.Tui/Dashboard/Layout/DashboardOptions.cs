namespace Tether.Tui.Dashboard.Layout;

/// <summary>What decides about the dashboard's parts apart from the terminal's size.</summary>
internal readonly record struct DashboardOptions
{
    /// <summary>The person folded the list away.</summary>
    public bool IsListFolded { get; init; }

    /// <summary>On a terminal too narrow for both: the list and not the tiles.</summary>
    public bool IsListInFront { get; init; }

    /// <summary>How many things need a human.</summary>
    public int QueueItems { get; init; }

    /// <summary>The chosen item of the queue is shown as a card.</summary>
    public bool HasCard { get; init; }
}
