using System.Buffers.Text;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>Colours as a terminal tells them (XParseColor's forms).</summary>
internal static class OuterColor
{
    /// <summary><c>rgb:r/g/b</c> or <c>rgba:r/g/b/a</c> of one to four hexadecimal digits each, scaled to their own width, to 0xRRGGBB.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out int color)
    {
        color = 0;
        var body = text.StartsWith("rgb:"u8) ? text[4..] : text.StartsWith("rgba:"u8) ? text[5..] : default;
        for (var part = 0; part < 3; part++)
        {
            if (!Utf8Parser.TryParse(body, out ushort value, out var digits, 'x') || digits > 4)
            {
                return false;
            }

            color = (color << 8) | (value * 255 / ((1 << (4 * digits)) - 1));
            body = body[digits..];
            body = body is [(byte)'/', ..] ? body[1..] : body;
        }

        return true;
    }

    /// <summary>Light text is easier to read on it than dark text: its luma (ITU-R BT.601) is under one half.</summary>
    public static bool IsDark(int color) => (299 * (color >> 16 & 0xFF)) + (587 * (color >> 8 & 0xFF)) + (114 * (color & 0xFF)) < 127_500;
}
