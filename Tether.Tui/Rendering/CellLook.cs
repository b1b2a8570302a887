using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Tui.Rendering;

/// <summary>
/// Brings the cells of a row into the one form in which cells that look the same are equal: every blank is a space without what no eye sees on it,
/// tails have their head's style, halves without their other half and controls are blanks, and styles are those the terminal has.
/// </summary>
internal static class CellLook
{
    /// <summary>What shows on a blank. Its background does as well.</summary>
    public const StyleFlags ShowsOnBlank = StyleFlags.Inverse | StyleFlags.Strike | StyleFlags.Overline | StyleFlags.UnderlineMask;

    /// <param name="cells">A row of a frame.</param>
    /// <param name="fit">What the terminal can show.</param>
    /// <param name="hasClusters">False for a terminal that draws each code point by itself: there only clusters survive whose width is the sum of their parts'.</param>
    /// <param name="looks">As many cells.</param>
    /// <param name="hasUnicode">False for a terminal that shows ASCII alone: each column then has the character that is most like it.</param>
    public static void Write(ReadOnlySpan<FrameCell> cells, StyleFit fit, bool hasClusters, Span<FrameCell> looks, bool hasUnicode = true)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            ref readonly var cell = ref cells[column];
            var style = fit.Of(cell.Style);
            var isWide = cell.Width == CellWidth.Wide && column + 1 < cells.Length && cells[column + 1].Width == CellWidth.Tail;
            if (isWide)
            {
                looks[column] = Text(cell, style, hasClusters);
                looks[column + 1] = looks[column].Width == CellWidth.Wide ? new FrameCell(0, null, CellWidth.Tail, style) : Blank(style);
                column++;
            }
            else
            {
                looks[column] = cell.Width == CellWidth.Narrow ? Text(cell, style, hasClusters) : Blank(style);
            }
        }

        if (!hasUnicode)
        {
            MakeAscii(looks[..cells.Length]);
        }
    }

    /// <summary>A space that nothing but its background makes visible.</summary>
    public static bool IsPlainBlank(in FrameCell look) => look.CodePoint == ' ' && (look.Style.Flags & ShowsOnBlank) == 0;

    /// <summary>A wide character that what follows makes narrow (U+FE0E): on its way to the terminal it is wide, and takes the next cell along.</summary>
    public static bool IsNarrowed(in FrameCell look) =>
        look is { Cluster: { } cluster, Width: CellWidth.Narrow } && Rune.DecodeFromUtf16(cluster, out var first, out _) == System.Buffers.OperationStatus.Done && DisplayWidth.Of(first) == 2;

    private static void MakeAscii(Span<FrameCell> looks)
    {
        foreach (ref var look in looks)
        {
            if (look is { CodePoint: >= 0x7f } or { Cluster: not null } || look.Width != CellWidth.Narrow)
            {
                var first = look.Cluster is { } cluster ? char.ConvertToUtf32(cluster, 0) : look.CodePoint;
                look = new FrameCell(look.Width == CellWidth.Narrow ? AsciiLook.Of(first) : '?', null, CellWidth.Narrow, look.Style);
            }
        }
    }

    private static FrameCell Text(in FrameCell cell, Style style, bool hasClusters)
    {
        if (cell.Cluster is { } cluster)
        {
            return Cluster(cluster, cell.Width, style, hasClusters);
        }

        var codePoint = cell.CodePoint;
        if (codePoint is 0 or ' ')
        {
            return cell.Width == CellWidth.Narrow ? Blank(style) : Substitute(cell.Width, style);
        }

        if (codePoint is > ' ' and < 0x7f && cell.Width == CellWidth.Narrow)
        {
            return new FrameCell(codePoint, null, CellWidth.Narrow, style);
        }

        var isShown = Rune.IsValid(codePoint) && !Rune.IsControl(new Rune(codePoint)) && DisplayWidth.Of(new Rune(codePoint)) == Columns(cell.Width);
        return isShown ? new FrameCell(codePoint, null, cell.Width, style) : Substitute(cell.Width, style);
    }

    private static FrameCell Cluster(string text, CellWidth width, Style style, bool hasClusters)
    {
        var isWhole = text.Length > 0 && DisplayWidth.NextCluster(text, out var columns) == text.Length && columns == Columns(width);
        if (isWhole && (hasClusters || IsSumOfParts(text, width)))
        {
            return new FrameCell(0, text, width, style);
        }

        // Narrow without what made it wide: a blank follows.
        Rune.DecodeFromUtf16(text, out var first, out _);
        width = width == CellWidth.Wide && DisplayWidth.Of(first) == 1 ? CellWidth.Narrow : width;
        return Text(new FrameCell(first.Value, null, width, style), style, hasClusters);
    }

    // Controls, halves and what is not as wide as it says: they would do something else to the terminal than their cell shows.
    private static FrameCell Substitute(CellWidth width, Style style) =>
        new(width == CellWidth.Wide ? 0x3000 : '\ufffd', null, width, style);

    private static FrameCell Blank(Style style)
    {
        var shows = style.Flags & ShowsOnBlank;
        return new FrameCell(' ', null, CellWidth.Narrow, shows == 0 ? new Style(default, style.Background, default, StyleFlags.None) : style);
    }

    private static bool IsSumOfParts(string cluster, CellWidth width)
    {
        var sum = 0;
        foreach (var rune in cluster.EnumerateRunes())
        {
            sum += DisplayWidth.Of(rune);
        }

        return sum == Columns(width);
    }

    private static int Columns(CellWidth width) => width == CellWidth.Wide ? 2 : 1;
}
