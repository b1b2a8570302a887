using Tether.Protocol.Terminal;

namespace Tether.Tui.Rendering;

/// <summary>Writes what turns one style into another: only what changes, or all of it anew, whichever is shorter.</summary>
internal static class SgrText
{
    private static readonly (StyleFlags Flag, int On, int Off)[] Flags =
    [
        (StyleFlags.Bold, 1, 22), (StyleFlags.Faint, 2, 22), (StyleFlags.Italic, 3, 23), (StyleFlags.Blink, 5, 25), (StyleFlags.RapidBlink, 6, 25),
        (StyleFlags.Inverse, 7, 27), (StyleFlags.Hidden, 8, 28), (StyleFlags.Strike, 9, 29), (StyleFlags.Overline, 53, 55),
    ];

    public static void Append(OutputBuffer output, Style from, Style to)
    {
        if (from == to)
        {
            return;
        }

        if (to.IsDefault)
        {
            output.Add("\e[m"u8);
            return;
        }

        var change = output.Length;
        AppendChange(output, from, to, isFirst: true);
        if (!from.IsDefault)
        {
            // An empty first parameter is 0, a reset.
            var anew = output.Length;
            AppendChange(output, default, to, isFirst: false);
            output.KeepShorter(change, anew);
        }
    }

    private static void AppendChange(OutputBuffer output, Style known, Style to, bool isFirst)
    {
        output.Add("\e["u8);
        var flags = AppendOff(output, known.Flags, to.Flags, ref isFirst);
        foreach (var (flag, on, _) in Flags)
        {
            if (to.Has(flag) && (flags & flag) == 0)
            {
                Separate(output, ref isFirst).Add(on);
            }
        }

        if (to.Underline != known.Underline)
        {
            AppendUnderline(Separate(output, ref isFirst), to.Underline);
        }

        AppendColor(output, known.Foreground, to.Foreground, 30, ref isFirst);
        AppendColor(output, known.Background, to.Background, 40, ref isFirst);
        AppendColor(output, known.UnderlineColor, to.UnderlineColor, 50, ref isFirst);
        output.Add((byte)'m');
    }

    // Bold and faint, and both kinds of blinking, go off together. Gives what is still on.
    private static StyleFlags AppendOff(OutputBuffer output, StyleFlags known, StyleFlags to, ref bool isFirst)
    {
        for (var i = 0; i < Flags.Length; i++)
        {
            var (flag, _, off) = Flags[i];
            if ((known & ~to & flag) == 0)
            {
                continue;
            }

            Separate(output, ref isFirst).Add(off);
            foreach (var other in Flags)
            {
                known &= other.Off == off ? ~other.Flag : ~StyleFlags.None;
            }
        }

        return known;
    }

    private static void AppendUnderline(OutputBuffer output, UnderlineKind kind)
    {
        output.Add(kind == UnderlineKind.None ? 24 : 4);
        if (kind > UnderlineKind.Straight)
        {
            output.Add((byte)':');
            output.Add((int)kind);
        }
    }

    private static void AppendColor(OutputBuffer output, TerminalColor known, TerminalColor color, int group, ref bool isFirst)
    {
        if (known == color)
        {
            return;
        }

        Separate(output, ref isFirst);
        const int UnderlineGroup = 50;
        if (color.IsDefault)
        {
            output.Add(group + 9);
        }
        else if (color.IsRgb)
        {
            // Always with colons for underlines: a terminal that does not know 58 must not take its numbers for attributes.
            output.Add(group + 8);
            output.Add(group == UnderlineGroup ? ":2::"u8 : ";2;"u8);
            AppendChannels(output, color.Rgb, (byte)(group == UnderlineGroup ? ':' : ';'));
        }
        else if (color.Index < 16 && group != UnderlineGroup)
        {
            output.Add(color.Index < 8 ? group + color.Index : group + 60 + color.Index - 8);
        }
        else
        {
            output.Add(group + 8);
            output.Add(group == UnderlineGroup ? ":5:"u8 : ";5;"u8);
            output.Add(color.Index);
        }
    }

    private static void AppendChannels(OutputBuffer output, int rgb, byte separator)
    {
        output.Add(rgb >> 16);
        output.Add(separator);
        output.Add((rgb >> 8) & 0xff);
        output.Add(separator);
        output.Add(rgb & 0xff);
    }

    private static OutputBuffer Separate(OutputBuffer output, ref bool isFirst)
    {
        if (!isFirst)
        {
            output.Add((byte)';');
        }

        isFirst = false;
        return output;
    }
}
