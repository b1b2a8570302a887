namespace Tether.Protocol.Terminal.Sequences;

/// <summary>
/// Light to device values as Xlib's colour management does by default: for the tube of an old X terminal, whose red has another response
/// than green and blue. The curves here approximate its measured ones to within half a step at the middle.
/// </summary>
internal static class DisplayColor
{
    /// <summary>Linear intensities, 0–1, to 0xRRGGBB.</summary>
    public static int FromIntensities(double red, double green, double blue) =>
        (Step(red, 0, 2.49) << 16) | (Step(green, 0, 2.235) << 8) | Step(blue, 0.22, 1.67);

    /// <summary>CIE 1931 tristimulus values. What is as bright as white and cannot be shown is white.</summary>
    public static int FromXyz(double x, double y, double z)
    {
        double red = (3.4834 * x) - (1.5218 * y) - (0.5592 * z);
        double green = (-1.0715 * x) + (1.9659 * y) + (0.0367 * z);
        double blue = (0.0635 * x) - (0.2002 * y) + (0.8107 * z);
        bool isOutside = Math.Min(red, Math.Min(green, blue)) < 0 || Math.Max(red, Math.Max(green, blue)) > 1;
        return isOutside && y >= 1 ? 0xFFFFFF : FromIntensities(red, green, blue);
    }

    private static int Step(double intensity, double offset, double gamma)
    {
        double light = Math.Clamp(intensity, 0, 1);
        double value = light == 0 ? 0 : offset + ((1 - offset) * Math.Pow(light, 1 / gamma));
        return (int)Math.Round(value * 255);
    }
}
