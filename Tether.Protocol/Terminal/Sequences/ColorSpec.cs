using System.Buffers.Text;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>Colours as XParseColor reads them: <c>#rgb</c> (1–4 digits each), <c>rgb:r/g/b</c>, <c>rgbi:r/g/b</c>,
/// <c>CIEXYZ:</c>, <c>CIExyY:</c>, <c>CIEuvY:</c>, and the commonest names. <c>CIELab:</c>, <c>CIELuv:</c> and <c>TekHVC:</c> are not known.</summary>
internal static class ColorSpec
{
    /// <param name="spec">The text.</param>
    /// <param name="color">0xRRGGBB.</param>
    public static bool TryParse(ReadOnlySpan<byte> spec, out int color)
    {
        color = 0;
        if (spec.IsEmpty)
        {
            return false;
        }

        if (spec[0] == '#')
        {
            return TryParseHash(spec[1..], out color);
        }

        int colon = spec.IndexOf((byte)':');
        if (colon < 0)
        {
            return TryParseName(spec, out color);
        }

        ReadOnlySpan<byte> space = spec[..colon];
        ReadOnlySpan<byte> values = spec[(colon + 1)..];
        if (System.Text.Ascii.EqualsIgnoreCase(space, "rgb"u8))
        {
            return TryParseHex(values, out color);
        }

        return TryParseNumbers(values, out double a, out double b, out double c) && TryConvert(space, a, b, c, out color);
    }

    private static bool TryConvert(ReadOnlySpan<byte> space, double a, double b, double c, out int color)
    {
        int? converted = System.Text.Encoding.ASCII.GetString(space[..Math.Min(space.Length, 8)]).ToLowerInvariant() switch
        {
            "rgbi" => DisplayColor.FromIntensities(a, b, c),
            "ciexyz" => DisplayColor.FromXyz(a, b, c),
            "ciexyy" when b > 0 => DisplayColor.FromXyz(a / b * c, c, (1 - a - b) / b * c),
            "cieuvy" when b > 0 => DisplayColor.FromXyz(9 * a / (4 * b) * c, c, (12 - (3 * a) - (20 * b)) / (4 * b) * c),
            _ => null,
        };
        color = converted ?? 0;
        return converted is not null;
    }

    // The digits are the high ones of 16 bits: #fff is f000, not ffff.
    private static bool TryParseHash(ReadOnlySpan<byte> digits, out int color)
    {
        color = 0;
        int each = digits.Length / 3;
        if (each is < 1 or > 4 || digits.Length % 3 != 0)
        {
            return false;
        }

        for (int i = 0; i < 3; i++)
        {
            if (!Utf8Parser.TryParse(digits.Slice(i * each, each), out int value, out int used, 'x') || used != each)
            {
                return false;
            }

            color = (color << 8) | ((value << (16 - (4 * each))) >> 8);
        }

        return true;
    }

    // 1–4 digits, scaled so that all ones is full.
    private static bool TryParseHex(ReadOnlySpan<byte> values, out int color)
    {
        color = 0;
        for (int i = 0; i < 3; i++)
        {
            ReadOnlySpan<byte> part = Next(ref values);
            if (part.Length is < 1 or > 4 || !Utf8Parser.TryParse(part, out int value, out int used, 'x') || used != part.Length)
            {
                return false;
            }

            int full = (1 << (4 * part.Length)) - 1;
            color = (color << 8) | ((value * 255 * 2 + full) / (2 * full));
        }

        return values.IsEmpty;
    }

    private static bool TryParseNumbers(ReadOnlySpan<byte> values, out double a, out double b, out double c)
    {
        Span<double> numbers = stackalloc double[3];
        bool valid = true;
        foreach (ref double number in numbers)
        {
            ReadOnlySpan<byte> part = Next(ref values);
            valid &= Utf8Parser.TryParse(part, out number, out int used) && used == part.Length && double.IsFinite(number);
        }

        (a, b, c) = (numbers[0], numbers[1], numbers[2]);
        return valid && values.IsEmpty;
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> values)
    {
        int separator = values.IndexOf((byte)'/');
        ReadOnlySpan<byte> part = separator < 0 ? values : values[..separator];
        values = separator < 0 ? default : values[(separator + 1)..];
        return part;
    }

    private static bool TryParseName(ReadOnlySpan<byte> name, out int color)
    {
        if (name.Length > 24)
        {
            color = 0;
            return false;
        }

        int? found = System.Text.Encoding.ASCII.GetString(name).ToLowerInvariant() switch
        {
            "black" => 0x000000,
            "white" => 0xffffff,
            "red" => 0xff0000,
            "green" => 0x00ff00,
            "blue" => 0x0000ff,
            "yellow" => 0xffff00,
            "cyan" => 0x00ffff,
            "magenta" => 0xff00ff,
            "gray" or "grey" => 0xbebebe,
            "orange" => 0xffa500,
            "pink" => 0xffc0cb,
            "brown" => 0xa52a2a,
            "purple" => 0xa020f0,
            "navy" => 0x000080,
            _ => null,
        };
        color = found ?? 0;
        return found is not null;
    }
}
