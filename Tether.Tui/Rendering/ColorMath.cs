namespace Tether.Tui.Rendering;

/// <summary>What eyes make of colours, 0xRRGGBB.</summary>
internal static class ColorMath
{
    /// <summary>As far from black as from white, by contrast.</summary>
    public const double MiddleLuminance = 0.179;

    /// <summary>Relative luminance, 0 to 1 (WCAG 2.2).</summary>
    public static double Luminance(int rgb)
    {
        return (0.2126 * Linear(rgb >> 16)) + (0.7152 * Linear((rgb >> 8) & 0xff)) + (0.0722 * Linear(rgb & 0xff));

        static double Linear(int channel)
        {
            var share = channel / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }
    }

    /// <summary>Contrast ratio, 1 to 21 (WCAG 2.2).</summary>
    public static double Contrast(int one, int other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>How different two colours look, squared: channels weighed by how red both are.</summary>
    public static int Distance(int one, int other)
    {
        var redMean = ((one >> 16) + (other >> 16)) / 2;
        var red = (one >> 16) - (other >> 16);
        var green = ((one >> 8) & 0xff) - ((other >> 8) & 0xff);
        var blue = (one & 0xff) - (other & 0xff);
        return (((512 + redMean) * red * red) >> 8) + (4 * green * green) + (((767 - redMean) * blue * blue) >> 8);
    }

    /// <summary>A colour on its way to another: <paramref name="percent"/> 0 is the first, 100 the second.</summary>
    public static int Blend(int from, int to, int percent)
    {
        return (Channel(16) << 16) | (Channel(8) << 8) | Channel(0);

        int Channel(int shift) => ((((from >> shift) & 0xff) * (100 - percent)) + (((to >> shift) & 0xff) * percent)) / 100;
    }
}
