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

    /// <summary>What may be done to the chosen item of the daemon's queue, each in a word or two; null for any other item.</summary>
    public IReadOnlyList<(DashboardCommand Command, string Hint)>? Card { get; init; }

    /// <summary>There is room for few words.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Something is being selected.</summary>
    public bool IsSelecting { get; init; }
}
