using Tether.Protocol.Terminal;

namespace Tether.Tui.Rendering;

/// <summary>Turns styles into those that a terminal can show: the nearest of its colours, plain underlines where it has no others.</summary>
internal sealed class StyleFit
{
    private Style _asked;
    private Style _given;

    public ColorDepth Colors
    {
        get;
        set
        {
            field = value;
            Forget();
        }
    }

    = ColorDepth.TrueColor;

    /// <summary>Underlines of every kind, and in colours of their own.</summary>
    public bool HasStyledUnderlines
    {
        get;
        set
        {
            field = value;
            Forget();
        }
    }

    = true;

    /// <summary>What the terminal's palette looks like.</summary>
    public TerminalColors Palette
    {
        get;
        set
        {
            field = value;
            Forget();
        }
    }

    = new();

    public Style Of(Style style)
    {
        if (style != _asked)
        {
            (_asked, _given) = (style, Fit(style));
        }

        return _given;
    }

    private void Forget() => _asked = _given = default;

    private Style Fit(Style style)
    {
        if (!HasStyledUnderlines)
        {
            var flags = style.Flags & ~StyleFlags.UnderlineMask;
            style = style with
            {
                UnderlineColor = default,
                Flags = style.Underline == UnderlineKind.None ? flags : flags | (StyleFlags)(int)UnderlineKind.Straight,
            };
        }

        var fitted = style with { Foreground = Fit(style.Foreground), Background = Fit(style.Background), UnderlineColor = Fit(style.UnderlineColor) };
        var isLost = fitted.Foreground == fitted.Background && style.Foreground != style.Background && !fitted.Background.IsDefault;
        return isLost ? fitted with { Foreground = Readable(style.Background) } : fitted;
    }

    private TerminalColor Fit(TerminalColor color) => Colors switch
    {
        ColorDepth.None => default,
        ColorDepth.Sixteen when color.IsRgb || (color.IsPalette && color.Index >= 16) => TerminalColor.Palette(Named(Rgb(color))),
        ColorDepth.Palette256 when color.IsRgb => TerminalColor.Palette(InCube(color.Rgb)),
        _ => color,
    };

    // Two colours that became one: text is black or white then.
    private TerminalColor Readable(TerminalColor background) =>
        TerminalColor.Palette(ColorMath.Luminance(Rgb(background)) < ColorMath.MiddleLuminance ? 15 : 0);

    private int Rgb(TerminalColor color) => color.IsRgb ? color.Rgb : Palette[color.Index];

    private int Named(int rgb)
    {
        var best = 0;
        for (var i = 1; i < 16; i++)
        {
            best = ColorMath.Distance(Palette[i], rgb) < ColorMath.Distance(Palette[best], rgb) ? i : best;
        }

        return best;
    }

    // The nearest of the 6×6×6 cube (levels 0, 95, 135 … 255) or of the 24 greys (8, 18 … 238).
    private static int InCube(int rgb)
    {
        var (red, green, blue) = (rgb >> 16, (rgb >> 8) & 0xff, rgb & 0xff);
        var cube = 16 + (36 * Level(red)) + (6 * Level(green)) + Level(blue);
        var grey = 232 + Math.Clamp((((red + green + blue) / 3) - 3) / 10, 0, 23);
        return ColorMath.Distance(Xterm[grey], rgb) < ColorMath.Distance(Xterm[cube], rgb) ? grey : cube;

        static int Level(int channel) => channel < 48 ? 0 : channel < 115 ? 1 : (channel - 35) / 40;
    }

    private static readonly TerminalColors Xterm = new();
}
