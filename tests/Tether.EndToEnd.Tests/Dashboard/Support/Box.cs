namespace Tether.EndToEnd.Tests.Dashboard.Support;

/// <summary>The line that a box is drawn with, in the order in which <see cref="Picture"/> knows the corners.</summary>
internal enum BoxKind
{
    Plain,
    Focused,
    Live,
    Rounded,
}

/// <summary>A box on the screen: a tile, a dialog.</summary>
/// <param name="Kind">Its line.</param>
/// <param name="Row">Of its upper edge.</param>
/// <param name="Column">Of its left edge.</param>
/// <param name="Columns">With both edges.</param>
/// <param name="Head">The upper edge.</param>
/// <param name="Content">The rows inside, trailing blanks cut.</param>
/// <param name="Foot">The lower edge.</param>
internal sealed record Box(BoxKind Kind, int Row, int Column, int Columns, string Head, string[] Content, string Foot)
{
    public int Rows => Content.Length + 2;

    /// <summary>The rows that show something.</summary>
    public string[] Text => [.. Content.Where(line => line.Length > 0)];
}
