using System.Text;
using Tether.Protocol.Terminal;

namespace Tether.Tui.Rendering;

/// <summary>
/// One column of a frame: a code point (0 for a blank) or a cluster of several, as wide as it is, in its style. The second half of a wide one is a tail.
/// </summary>
internal readonly record struct FrameCell(int CodePoint, string? Cluster, CellWidth Width, Style Style)
{
    /// <summary>True when erasing the line to its end leaves exactly this.</summary>
    public bool IsErased => (CodePoint is 0 or ' ') && Cluster is null && Style.IsDefault && Width is CellWidth.Narrow or CellWidth.Spacer;

    public static FrameCell Of(char character, Style style) => new(character, null, CellWidth.Narrow, style);

    // The generated one asks for a comparer of every part; this one is the hot path of every frame.
    public bool Equals(FrameCell other) => CodePoint == other.CodePoint && Width == other.Width && Style.Foreground.Bits == other.Style.Foreground.Bits
        && Style.Background.Bits == other.Style.Background.Bits && Style.UnderlineColor.Bits == other.Style.UnderlineColor.Bits
        && Style.Flags == other.Style.Flags && (ReferenceEquals(Cluster, other.Cluster) || string.Equals(Cluster, other.Cluster, StringComparison.Ordinal));

    public override int GetHashCode() => HashCode.Combine(CodePoint, Cluster, Width, Style);

    public void AppendTo(StringBuilder text)
    {
        if (Cluster is not null)
        {
            text.Append(Cluster);
        }
        else if (Width != CellWidth.Tail)
        {
            text.Append(CodePoint == 0 ? new Rune(' ') : new Rune(CodePoint));
        }
    }
}
