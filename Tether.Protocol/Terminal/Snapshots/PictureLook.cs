using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>A style with its colours worked out: palette, inverse, faint, hidden and reversed screen are done. Colours are 0xRRGGBB.</summary>
internal readonly record struct PictureLook(int Foreground, int Background, int LineColor, StyleFlags Flags)
{
    private const StyleFlags Drawn = StyleFlags.UnderlineMask | StyleFlags.Bold | StyleFlags.Italic | StyleFlags.Strike | StyleFlags.Overline;

    public UnderlineKind Underline => (UnderlineKind)(Flags & StyleFlags.UnderlineMask);

    public bool Has(StyleFlags flag) => (Flags & flag) != 0;

    /// <summary>What a cell without any style looks like.</summary>
    public static PictureLook OfScreen(Screen screen) => Of(screen, default);

    public static PictureLook Of(Screen screen, in Style style)
    {
        ColorState colors = screen.Colors;
        bool isReversed = screen.Modes[TerminalMode.ReverseVideo];
        int foreground = Color(colors, style.Foreground, colors.Dynamic(isReversed ? 11 : 10));
        int background = Color(colors, style.Background, colors.Dynamic(isReversed ? 10 : 11));
        if (style.Has(StyleFlags.Inverse))
        {
            (foreground, background) = (background, foreground);
        }

        if (style.Has(StyleFlags.Faint))
        {
            foreground = Middle(foreground, background);
        }

        if (style.Has(StyleFlags.Hidden))
        {
            foreground = background;
        }

        int line = Color(colors, style.UnderlineColor, foreground);
        return new PictureLook(foreground, background, style.Has(StyleFlags.Hidden) ? background : line, style.Flags & Drawn);
    }

    private static int Color(ColorState colors, TerminalColor color, int otherwise) =>
        color.IsRgb ? color.Rgb : color.IsPalette ? colors[color.Index] : otherwise;

    private static int Middle(int one, int other) => ((one & 0xFEFEFE) >> 1) + ((other & 0xFEFEFE) >> 1);
}
