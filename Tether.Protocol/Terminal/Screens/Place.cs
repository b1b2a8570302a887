namespace Tether.Protocol.Terminal.Screens;

/// <summary>A cell that something holds on to: a prompt mark, or a position that a caller tracks. Belongs to one <see cref="PlaceList"/>.</summary>
internal sealed class Place
{
    /// <summary>Counted as the list counts rows.</summary>
    public long Row { get; set; }

    public int Column { get; set; }

    /// <summary>The row, or the cell, is no longer there.</summary>
    public bool IsGone { get; set; }

    /// <summary>Set for a prompt mark.</summary>
    public PromptMarkKind? Mark { get; init; }

    public int? ExitCode { get; init; }
}
