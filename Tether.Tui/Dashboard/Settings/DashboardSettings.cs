using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Model;

namespace Tether.Tui.Dashboard.Settings;

/// <summary>How a person left the dashboard the last time.</summary>
internal sealed record DashboardSettings
{
    public const string DefaultTheme = "auto";

    public TileArrangement Layout { get; init; } = TileArrangement.Grid;

    public bool IsListFolded { get; init; }

    public Grouping Grouping { get; init; } = Grouping.None;

    /// <summary>A theme's name; <see cref="DefaultTheme"/> follows the terminal.</summary>
    public string Theme { get; init; } = DefaultTheme;

    /// <summary>As <see cref="TileWeights.ToString"/> writes them.</summary>
    public string Sizes { get; init; } = "";
}
