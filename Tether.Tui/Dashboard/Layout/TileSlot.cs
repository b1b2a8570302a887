using Tether.Tui.Rendering;

namespace Tether.Tui.Dashboard.Layout;

/// <summary>Where one session's tile is.</summary>
/// <param name="Index">Its place among all sessions given.</param>
/// <param name="Area">The whole tile with its border.</param>
internal readonly record struct TileSlot(int Index, Area Area)
{
    /// <summary>Below this a screen says less than a few lines of text.</summary>
    public const int LeastColumns = 40;

    /// <inheritdoc cref="LeastColumns"/>
    public const int LeastRows = 8;

    /// <summary>Too small for a live screen: to be drawn as its last meaningful lines.</summary>
    public bool IsCard => Area.Columns < LeastColumns || Area.Rows < LeastRows;
}
