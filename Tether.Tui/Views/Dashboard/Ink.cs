using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>Styles of a purpose on a ground that they were not made for, so that they can be read there.</summary>
internal static class Ink
{
    private const double LeastContrast = 4.5;

    /// <summary>An ink on a ground: in its colour where that can be read, else in the ground's own; bold as the ink is.</summary>
    public static Style On(Style ink, Style ground)
    {
        var bold = (ink.Flags | ground.Flags) & StyleFlags.Bold;
        return ground.Has(StyleFlags.Inverse) || !IsReadable(ink.Foreground, ground.Background)
            ? ground with { Flags = ground.Flags | bold }
            : ground with { Foreground = ink.Foreground, Flags = (ground.Flags & ~StyleFlags.Bold) | (ink.Flags & StyleFlags.Bold) };
    }

    /// <summary>A filled piece of a bar: the ink's colour as ground; without colours, what the bar is not.</summary>
    public static Style Chip(Style ink, Scheme scheme)
    {
        var isInverse = ink.Foreground.IsDefault && scheme.Bar.Has(StyleFlags.Inverse);
        var flags = (ink.Flags | StyleFlags.Bold) & ~StyleFlags.Inverse;
        return ink with { Flags = isInverse ? flags : flags | StyleFlags.Inverse };
    }

    private static bool IsReadable(TerminalColor ink, TerminalColor ground) =>
        !ink.IsRgb || !ground.IsRgb || ColorMath.Contrast(ink.Rgb, ground.Rgb) >= LeastContrast;
}
