namespace Tether.Tui.Dashboard.Layout;

/// <summary>How tiles share their area.</summary>
internal enum TileArrangement
{
    /// <summary>Rows of tiles, as many as keep them closest to the shape of 80×24.</summary>
    Grid,

    /// <summary>One big, the others in a stack beside or below it.</summary>
    Main,

    /// <summary>Side by side over the whole height.</summary>
    Columns,

    /// <summary>One alone.</summary>
    Single,
}
