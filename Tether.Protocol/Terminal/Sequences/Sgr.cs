using Tether.Protocol.Terminal.Parsing;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>SGR (CSI … m): parameters to style and back.</summary>
internal static class Sgr
{
    public static Style Apply(Style style, in Sequence sequence)
    {
        if (sequence.Count == 0)
        {
            return default;
        }

        for (int i = 0; i < sequence.Count;)
        {
            int code = sequence[i];
            int next = i + 1;
            if ((sequence.Colons >> next) != 0)
            {
                while (sequence.IsSub(next))
                {
                    next++;
                }
            }

            if (code is 38 or 48 or 58)
            {
                i = ExtendedColor(ref style, in sequence, code, i, next);
                continue;
            }

            style = next > i + 1 ? WithSub(style, in sequence, code, i) : With(style, code);
            i = next;
        }

        return style;
    }

    private static Style With(in Style style, int code) => code switch
    {
        0 => default,
        1 => Set(style, StyleFlags.Bold),
        2 => Set(style, StyleFlags.Faint),
        3 => Set(style, StyleFlags.Italic),
        4 => Underline(style, UnderlineKind.Straight),
        5 => Set(style, StyleFlags.Blink),
        6 => Set(style, StyleFlags.RapidBlink),
        7 => Set(style, StyleFlags.Inverse),
        8 => Set(style, StyleFlags.Hidden),
        9 => Set(style, StyleFlags.Strike),
        21 => Underline(style, UnderlineKind.Doubled),
        22 => Reset(style, StyleFlags.Bold | StyleFlags.Faint),
        23 => Reset(style, StyleFlags.Italic),
        24 => Underline(style, UnderlineKind.None),
        25 => Reset(style, StyleFlags.Blink | StyleFlags.RapidBlink),
        27 => Reset(style, StyleFlags.Inverse),
        28 => Reset(style, StyleFlags.Hidden),
        29 => Reset(style, StyleFlags.Strike),
        >= 30 and <= 37 => style with { Foreground = TerminalColor.Palette(code - 30) },
        39 => style with { Foreground = default },
        >= 40 and <= 47 => style with { Background = TerminalColor.Palette(code - 40) },
        49 => style with { Background = default },
        53 => Set(style, StyleFlags.Overline),
        55 => Reset(style, StyleFlags.Overline),
        59 => style with { UnderlineColor = default },
        >= 90 and <= 97 => style with { Foreground = TerminalColor.Palette(code - 90 + 8) },
        >= 100 and <= 107 => style with { Background = TerminalColor.Palette(code - 100 + 8) },
        _ => style,
    };

    // 4:n chooses the kind of underline; other codes have no sub-parameters that mean anything here.
    private static Style WithSub(in Style style, in Sequence sequence, int code, int i)
    {
        if (code != 4)
        {
            return style;
        }

        int kind = sequence.IsMissing(i + 1) ? 1 : sequence[i + 1];
        return Underline(style, kind <= (int)UnderlineKind.Dashed ? (UnderlineKind)kind : UnderlineKind.Straight);
    }

    /// <summary>38, 48, 58, in the forms <c>38:5:n</c>, <c>38:2:[space]:r:g:b</c>, <c>38;5;n</c> and <c>38;2;r;g;b</c>.</summary>
    private static int ExtendedColor(ref Style style, in Sequence sequence, int code, int i, int next)
    {
        bool subs = next > i + 1;
        int end = subs ? next : sequence.Count;
        int kind = sequence[i + 1];
        int used;
        TerminalColor color;
        if (kind == 5)
        {
            used = 3;
            if (i + 2 >= end || sequence[i + 2] > 255)
            {
                return subs ? next : Math.Min(i + used, sequence.Count);
            }

            color = TerminalColor.Palette(sequence[i + 2]);
        }
        else if (kind == 2)
        {
            // With sub-parameters a colour space may stand before the components.
            int at = subs && next - i >= 6 ? i + 3 : i + 2;
            used = 5;
            if (at + 2 >= end || sequence[at] > 255 || sequence[at + 1] > 255 || sequence[at + 2] > 255)
            {
                return subs ? next : Math.Min(i + used, sequence.Count);
            }

            color = TerminalColor.FromRgb((sequence[at] << 16) | (sequence[at + 1] << 8) | sequence[at + 2]);
        }
        else
        {
            return subs ? next : Math.Min(i + 2, sequence.Count);
        }

        style = code switch
        {
            38 => style with { Foreground = color },
            48 => style with { Background = color },
            _ => style with { UnderlineColor = color },
        };
        return subs ? next : i + used;
    }

    private static Style Set(in Style style, StyleFlags flag) => style with { Flags = style.Flags | flag };

    private static Style Reset(in Style style, StyleFlags flags) => style with { Flags = style.Flags & ~flags };

    private static Style Underline(in Style style, UnderlineKind kind) =>
        style with { Flags = (style.Flags & ~StyleFlags.UnderlineMask) | (StyleFlags)kind };
}
