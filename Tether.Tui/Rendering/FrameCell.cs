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
