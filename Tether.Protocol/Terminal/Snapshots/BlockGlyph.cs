using System.Globalization;
using System.Text;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>The blocks of U+2580–259F as filled paths in a cell, for the reason of <see cref="LineGlyph"/>. Shades are told apart by <see cref="ShadeOf"/>.</summary>
internal static class BlockGlyph
{
    private const int First = 0x2580;
    private const int Last = 0x259F;
    private const int Eighths = 8;

    // U+2596–259F; the quarters from the upper left to the lower right are 1, 2, 4, 8.
    private static ReadOnlySpan<byte> Quarters => [4, 8, 1, 13, 9, 7, 11, 2, 6, 14];

    /// <summary>How much of the ground ░ ▒ ▓ cover, in percent; 0 for every other character.</summary>
    public static int ShadeOf(int codePoint) => codePoint is >= 0x2591 and <= 0x2593 ? (codePoint - 0x2590) * 25 : 0;

    /// <summary>Appends path data for a character whose cell begins at a point; false, and nothing, for a shade and for one that is not of these.</summary>
    public static bool Append(StringBuilder path, int codePoint, int left, int top)
    {
        switch (codePoint)
        {
            case < First or > Last:
                return false;
            case First:
                Append(path, left, top, 0, 0, Eighths, Eighths / 2);
                break;
            case <= 0x2588:
                Append(path, left, top, 0, Eighths - (codePoint - First), Eighths, codePoint - First);
                break;
            case <= 0x258F:
                Append(path, left, top, 0, 0, 0x2590 - codePoint, Eighths);
                break;
            case 0x2590:
                Append(path, left, top, Eighths / 2, 0, Eighths / 2, Eighths);
                break;
            case <= 0x2593:
                return false;
            case 0x2594:
                Append(path, left, top, 0, 0, Eighths, 1);
                break;
            case 0x2595:
                Append(path, left, top, Eighths - 1, 0, 1, Eighths);
                break;
            default:
                AppendQuarters(path, Quarters[codePoint - 0x2596], left, top);
                break;
        }

        return true;
    }

    private static void AppendQuarters(StringBuilder path, int quarters, int left, int top)
    {
        const int Half = Eighths / 2;
        for (int i = 0; i < 4; i++)
        {
            if ((quarters & (1 << i)) != 0)
            {
                Append(path, left, top, i % 2 * Half, i / 2 * Half, Half, Half);
            }
        }
    }

    // Place and size in eighths of the cell.
    private static void Append(StringBuilder path, int left, int top, int x, int y, int width, int height)
    {
        const double Column = (double)SvgWriter.CellWidth / Eighths;
        const double Row = (double)SvgWriter.CellHeight / Eighths;
        path.Append(CultureInfo.InvariantCulture, $"M{left + (x * Column)} {top + (y * Row)}h{width * Column}v{height * Row}h{-width * Column}z");
    }
}
