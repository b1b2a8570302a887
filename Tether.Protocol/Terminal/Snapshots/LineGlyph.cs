using System.Globalization;
using System.Text;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>
/// The lines of U+2500–257F as filled paths in a cell of <see cref="SvgWriter.CellWidth"/> × <see cref="SvgWriter.CellHeight"/>: fonts leave gaps
/// between rows and columns, a picture must not.
/// </summary>
internal static class LineGlyph
{
    private const int First = 0x2500;
    private const int Last = 0x257F;
    private const double Middle = SvgWriter.CellWidth / 2.0;
    private const double Centre = (SvgWriter.CellHeight / 2) + 0.5;

    // The arms to the left, up, right and down of each: 0 none, 1 light, 2 heavy, 3 double; dots where it is drawn otherwise.
    private const string Arms =
        "1010 2020 0101 0202 .... .... .... .... .... .... .... .... 0011 0021 0012 0022 " +
        "1001 2001 1002 2002 0110 0120 0210 0220 1100 2100 1200 2200 0111 0121 0211 0112 " +
        "0212 0221 0122 0222 1101 2101 1201 1102 1202 2201 2102 2202 1011 2011 1021 2021 " +
        "1012 2012 1022 2022 1110 2110 1120 2120 1210 2210 1220 2220 1111 2111 1121 2121 " +
        "1211 1112 1212 2211 1221 2112 1122 2221 2122 2212 1222 2222 .... .... .... .... " +
        "3030 0303 0031 0013 0033 3001 1003 3003 0130 0310 0330 3100 1300 3300 0131 0313 " +
        "0333 3101 1303 3303 3031 1013 3033 3130 1310 3330 3131 1313 3333 .... .... .... " +
        ".... .... .... .... 1000 0100 0010 0001 2000 0200 0020 0002 1020 0102 2010 0201 ";

    /// <summary>Appends path data for a character whose cell begins at a point; false, and nothing, for one that is not of these.</summary>
    public static bool Append(StringBuilder path, int codePoint, int left, int top)
    {
        if (codePoint is < First or > Last)
        {
            return false;
        }

        ReadOnlySpan<char> arms = Arms.AsSpan((codePoint - First) * 5, 4);
        if (arms[0] == '.')
        {
            AppendOther(path, codePoint, left, top);
            return true;
        }

        for (int direction = 0; direction < 4; direction++)
        {
            AppendArm(path, arms, direction, left, top);
        }

        return true;
    }

    private static int Weight(ReadOnlySpan<char> arms, int direction) => arms[direction & 3] - '0';

    private static void AppendArm(StringBuilder path, ReadOnlySpan<char> arms, int direction, int left, int top)
    {
        int weight = Weight(arms, direction);
        if (weight == 3)
        {
            AppendBar(path, direction, DoubleStart(arms, direction, side: -1), across: -1, thickness: 1, left, top);
            AppendBar(path, direction, DoubleStart(arms, direction, side: 1), across: 1, thickness: 1, left, top);
        }
        else if (weight > 0)
        {
            AppendBar(path, direction, SingleStart(arms, direction), across: 0, Thickness(weight), left, top);
        }
    }

    private static int Thickness(int weight) => weight == 2 ? 3 : 1;

    // Where a line begins, from the middle of the cell towards the arm's end: as far back as the arms it meets are thick.
    private static double SingleStart(ReadOnlySpan<char> arms, int direction)
    {
        int one = Weight(arms, direction + 1);
        int other = Weight(arms, direction + 3);
        bool goesOn = Weight(arms, direction + 2) > 0;
        if (one == 3 || other == 3)
        {
            return goesOn ? 0 : one == other ? 0.5 : -1.5;
        }

        int thickest = Math.Max(one, other);
        return thickest == 0 ? 0 : -Thickness(thickest) / 2.0;
    }

    // One of an arm's two lines: it ends at the arm on its own side, or goes around the corner outside of the one on the other side.
    private static double DoubleStart(ReadOnlySpan<char> arms, int direction, int side)
    {
        bool isHorizontal = direction % 2 == 0;
        int towards = isHorizontal ? (side < 0 ? 1 : 3) : (side < 0 ? 0 : 2);
        int near = Weight(arms, towards);
        int far = Weight(arms, towards + 2);
        bool goesOn = Weight(arms, direction + 2) > 0;
        return near == 3 ? 0.5 : near > 0 ? -0.5 : goesOn || far == 0 ? 0 : far == 3 ? -1.5 : -0.5;
    }

    private static void AppendBar(StringBuilder path, int direction, double start, double across, double thickness, int left, int top)
    {
        double edge = across - (thickness / 2);
        switch (direction)
        {
            case 0:
                AppendRectangle(path, left, top + Centre + edge, Middle - start, thickness);
                break;
            case 1:
                AppendRectangle(path, left + Middle + edge, top, thickness, Centre - start);
                break;
            case 2:
                AppendRectangle(path, left + Middle + start, top + Centre + edge, Middle - start, thickness);
                break;
            default:
                AppendRectangle(path, left + Middle + edge, top + Centre + start, thickness, SvgWriter.CellHeight - Centre - start);
                break;
        }
    }

    private static void AppendOther(StringBuilder path, int codePoint, int left, int top)
    {
        switch (codePoint)
        {
            case <= 0x2507:
                AppendDashes(path, 3, codePoint - 0x2504, left, top);
                break;
            case <= 0x250B:
                AppendDashes(path, 4, codePoint - 0x2508, left, top);
                break;
            case <= 0x254F:
                AppendDashes(path, 2, codePoint - 0x254C, left, top);
                break;
            case <= 0x2570:
                AppendArc(path, codePoint - 0x256D, left, top);
                break;
            default:
                AppendDiagonals(path, codePoint - 0x2571, left, top);
                break;
        }
    }

    // Of each four: light and heavy, horizontal and then vertical.
    private static void AppendDashes(StringBuilder path, int count, int kind, int left, int top)
    {
        double thickness = kind % 2 == 0 ? 1 : 3;
        double length = (kind < 2 ? SvgWriter.CellWidth : SvgWriter.CellHeight) / (double)count;
        for (int i = 0; i < count; i++)
        {
            double at = (i + 0.25) * length;
            if (kind < 2)
            {
                AppendRectangle(path, left + at, top + Centre - (thickness / 2), length / 2, thickness);
            }
            else
            {
                AppendRectangle(path, left + Middle - (thickness / 2), top + at, thickness, length / 2);
            }
        }
    }

    // ╭ ╮ ╯ ╰: from the end of the upright arm around the corner and back.
    private static void AppendArc(StringBuilder path, int kind, int left, int top)
    {
        bool isDown = kind < 2;
        int right = kind is 0 or 3 ? 1 : -1;
        double x = left + Middle;
        double y = top + Centre;
        double end = isDown ? top + SvgWriter.CellHeight : top;
        double side = right > 0 ? left + SvgWriter.CellWidth : left;
        double turn = y + (isDown ? Middle : -Middle);
        double outer = x - (right * 0.5);
        double inner = x + (right * 0.5);
        double far = y + (isDown ? -0.5 : 0.5);
        double near = y + (isDown ? 0.5 : -0.5);
        path.Append(CultureInfo.InvariantCulture, $"M{outer} {end}V{turn}Q{outer} {far} {side} {far}V{near}Q{inner} {near} {inner} {turn}V{end}z");
    }

    // ╱ ╲ ╳
    private static void AppendDiagonals(StringBuilder path, int kind, int left, int top)
    {
        const int Width = SvgWriter.CellWidth;
        const int Height = SvgWriter.CellHeight;
        if (kind != 1)
        {
            path.Append(CultureInfo.InvariantCulture, $"M{left} {top + Height}v-1L{left + Width - 0.5} {top}h.5v1L{left + 0.5} {top + Height}z");
        }

        if (kind != 0)
        {
            path.Append(CultureInfo.InvariantCulture, $"M{left} {top}h.5L{left + Width} {top + Height - 1}v1h-.5L{left} {top + 1}z");
        }
    }

    private static void AppendRectangle(StringBuilder path, double x, double y, double width, double height) =>
        path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{width}v{height}h{-width}z");
}
