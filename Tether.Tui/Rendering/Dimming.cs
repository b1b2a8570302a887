using Tether.Protocol.Terminal;

namespace Tether.Tui.Rendering;

/// <summary>Makes styles step back: colours on their way to the background where both are known, else the faint attribute.</summary>
/// <param name="colors">What the default and palette colours look like; null where nobody knows.</param>
/// <param name="percent">How far; 0 nothing, 100 invisible.</param>
internal sealed class Dimming(TerminalColors? colors, int percent = 45)
{
    private Style _asked;
    private Style _given;
    private bool _isSet;

    public Style Of(Style style)
    {
        if (!_isSet || style != _asked)
        {
            (_asked, _given, _isSet) = (style, Dim(style), true);
        }

        return _given;
    }

    private Style Dim(Style style)
    {
        if (colors is null)
        {
            return style with { Flags = (style.Flags & ~StyleFlags.Bold) | StyleFlags.Faint };
        }

        var background = Rgb(style.Background, colors.Background);
        var text = TerminalColor.FromRgb(ColorMath.Blend(Rgb(style.Foreground, colors.Foreground), background, percent));
        var ground = style.Background.IsDefault
            ? style.Background
            : TerminalColor.FromRgb(ColorMath.Blend(background, colors.Background, percent));
        return new Style(text, ground, style.UnderlineColor.IsDefault ? default : text, style.Flags & ~(StyleFlags.Bold | StyleFlags.Blink | StyleFlags.RapidBlink));
    }

    private int Rgb(TerminalColor color, int byDefault) => color.IsRgb ? color.Rgb : color.IsPalette ? colors![color.Index] : byDefault;
}
