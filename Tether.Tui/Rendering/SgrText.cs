using System.Text;
using Tether.Protocol.Terminal;

namespace Tether.Tui.Rendering;

/// <summary>Writes what turns one style into another.</summary>
internal static class SgrText
{
    private static readonly (StyleFlags Flag, int On)[] Flags =
    [
        (StyleFlags.Bold, 1), (StyleFlags.Faint, 2), (StyleFlags.Italic, 3), (StyleFlags.Blink, 5), (StyleFlags.RapidBlink, 6),
        (StyleFlags.Inverse, 7), (StyleFlags.Hidden, 8), (StyleFlags.Strike, 9), (StyleFlags.Overline, 53),
    ];

    public static void Append(StringBuilder output, Style from, Style to)
    {
        if (from == to)
        {
            return;
        }

        if (to.IsDefault)
        {
            output.Append("\e[m");
            return;
        }

        // Off again means starting anew: the single switches are as long, and faint and bold share theirs.
        var starts = (from.Flags & ~to.Flags) != 0 || (from.Underline != to.Underline && from.Underline != UnderlineKind.None);
        var known = starts ? default : from;
        output.Append("\e[");
        var separator = starts ? "0" : "";
        AppendFlags(output, known.Flags, to, ref separator);
        AppendColor(output, known.Foreground, to.Foreground, 30, ref separator);
        AppendColor(output, known.Background, to.Background, 40, ref separator);
        AppendColor(output, known.UnderlineColor, to.UnderlineColor, 50, ref separator);
        output.Append(separator == "0" ? "0" : "").Append('m');
    }

    private static void AppendFlags(StringBuilder output, StyleFlags known, Style to, ref string separator)
    {
        foreach (var (flag, on) in Flags)
        {
            if (to.Has(flag) && (known & flag) == 0)
            {
                Separate(output, ref separator).Append(on);
            }
        }

        if (to.Underline != (UnderlineKind)(known & StyleFlags.UnderlineMask))
        {
            Separate(output, ref separator).Append(to.Underline == UnderlineKind.Straight ? "4" : $"4:{(int)to.Underline}");
        }
    }

    private static void AppendColor(StringBuilder output, TerminalColor known, TerminalColor color, int group, ref string separator)
    {
        if (known == color)
        {
            return;
        }

        Separate(output, ref separator);
        const int UnderlineGroup = 50;
        if (color.IsDefault)
        {
            output.Append(group + 9);
        }
        else if (group == UnderlineGroup)
        {
            output.Append(color.IsRgb ? $"58:2::{Channels(color, ':')}" : $"58:5:{color.Index}");
        }
        else if (color.IsRgb)
        {
            output.Append(group + 8).Append(";2;").Append(Channels(color, ';'));
        }
        else if (color.Index < 8)
        {
            output.Append(group + color.Index);
        }
        else if (color.Index < 16)
        {
            output.Append(group + 60 + color.Index - 8);
        }
        else
        {
            output.Append(group + 8).Append(";5;").Append(color.Index);
        }
    }

    private static string Channels(TerminalColor color, char separator) =>
        $"{color.Rgb >> 16}{separator}{(color.Rgb >> 8) & 0xff}{separator}{color.Rgb & 0xff}";

    // `0` stands for a reset that is still to be written.
    private static StringBuilder Separate(StringBuilder output, ref string separator)
    {
        output.Append(separator == "0" ? "0;" : separator);
        separator = ";";
        return output;
    }
}
