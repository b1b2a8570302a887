namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>What <see cref="HtmlWriter"/> and <see cref="SvgWriter"/> draw beside the rows.</summary>
public sealed record PictureOptions
{
    /// <summary>True to draw the cursor in its shape, where the program shows it and its row is drawn.</summary>
    public bool ShowCursor { get; init; }
}
