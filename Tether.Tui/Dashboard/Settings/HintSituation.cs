namespace Tether.Tui.Dashboard.Settings;

/// <summary>What decides which keys matter.</summary>
/// <param name="Mode">To whom the keys belong.</param>
internal readonly record struct HintSituation(DashboardMode Mode)
{
    /// <summary>A session has the focus.</summary>
    public bool HasSession { get; init; }

    /// <summary>The focused session has ended.</summary>
    public bool HasEnded { get; init; }

    /// <summary>The queue is not empty.</summary>
    public bool NeedsYou { get; init; }

    /// <summary>There is room for few words.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Something is being selected.</summary>
    public bool IsSelecting { get; init; }
}
