namespace Tether.Protocol.Terminal.Sequences;

/// <summary>A style as the parameters of one SGR that sets exactly it, beginning with 0.</summary>
internal static class SgrText
{
    /// <param name="text">Where to.</param>
    /// <param name="style">What to say.</param>
    /// <param name="colons">True for 38:2::r:g:b, the form of ISO 8613-6; false for 38;2;r;g;b, which more terminals know.</param>
    public static void Write(ref ByteText text, in Style style, bool colons)
    {
        text.Add((byte)'0');
        WriteFlags(ref text, style);
        WriteColor(ref text, style.Foreground, 30, colons);
        WriteColor(ref text, style.Background, 40, colons);
        WriteUnderlineColor(ref text, style.UnderlineColor);
    }

    private static void WriteFlags(ref ByteText text, in Style style)
    {
        Flag(ref text, style.Has(StyleFlags.Bold), 1);
        Flag(ref text, style.Has(StyleFlags.Faint), 2);
        Flag(ref text, style.Has(StyleFlags.Italic), 3);
        if (style.Underline == UnderlineKind.Straight)
        {
            text.Add(";4"u8);
        }
        else if (style.Underline != UnderlineKind.None)
        {
            text.Add(";4:"u8);
            text.Add((int)style.Underline);
        }

        Flag(ref text, style.Has(StyleFlags.Blink), 5);
        Flag(ref text, style.Has(StyleFlags.RapidBlink), 6);
        Flag(ref text, style.Has(StyleFlags.Inverse), 7);
        Flag(ref text, style.Has(StyleFlags.Hidden), 8);
        Flag(ref text, style.Has(StyleFlags.Strike), 9);
        Flag(ref text, style.Has(StyleFlags.Overline), 53);
    }

    private static void Flag(ref ByteText text, bool isOn, int code)
    {
        if (isOn)
        {
            text.Add((byte)';');
            text.Add(code);
        }
    }

    private static void WriteColor(ref ByteText text, TerminalColor color, int first, bool colons)
    {
        if (color.IsPalette && color.Index < 16)
        {
            text.Add((byte)';');
            text.Add(color.Index < 8 ? first + color.Index : first + 60 + color.Index - 8);
        }
        else if (color.IsPalette)
        {
            text.Add((byte)';');
            text.Add(first + 8);
            text.Add(colons ? ":5:"u8 : ";5;"u8);
            text.Add(color.Index);
        }
        else if (color.IsRgb)
        {
            text.Add((byte)';');
            text.Add(first + 8);
            text.Add(colons ? ":2::"u8 : ";2;"u8);
            Components(ref text, color.Rgb, colons ? (byte)':' : (byte)';');
        }
    }

    // Always with colons: a terminal that does not know 58 must not take its numbers for attributes.
    private static void WriteUnderlineColor(ref ByteText text, TerminalColor color)
    {
        if (color.IsPalette)
        {
            text.Add(";58:5:"u8);
            text.Add(color.Index);
        }
        else if (color.IsRgb)
        {
            text.Add(";58:2::"u8);
            Components(ref text, color.Rgb, (byte)':');
        }
    }

    private static void Components(ref ByteText text, int rgb, byte separator)
    {
        text.Add((rgb >> 16) & 0xFF);
        text.Add(separator);
        text.Add((rgb >> 8) & 0xFF);
        text.Add(separator);
        text.Add(rgb & 0xFF);
    }
}
