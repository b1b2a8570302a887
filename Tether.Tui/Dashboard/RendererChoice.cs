using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Tether.Tui.Terminal.FullScreen;

namespace Tether.Tui.Dashboard;

/// <summary>How frames are written for a terminal: with nothing that it is not known to understand.</summary>
internal static class RendererChoice
{
    public static void Apply(FrameRenderer renderer, Capabilities known)
    {
        var colors = ColorsOf(known);
        renderer.Colors = colors;
        renderer.Palette = PaletteOf(known) ?? new TerminalColors();
        renderer.UsesUnicode = known.HasUnicode;
        renderer.UsesSynchronizedOutput = known.SynchronizedOutput;
        renderer.UsesBackgroundErase = !known.IsScreen;
        renderer.UsesClusters = known is { IsTmux: false, IsScreen: false, IsLinuxConsole: false };

        // Who has few colours, and GNU screen, knows no sub-parameters: SGR 4:3 would be something else there.
        renderer.StyledUnderlines = colors >= ColorDepth.Palette256 && known is { IsScreen: false, IsLinuxConsole: false };
    }

    /// <summary>None where the person wants none.</summary>
    public static ColorDepth ColorsOf(Capabilities known) => known.RefusesColor ? ColorDepth.None : known.Colors;

    /// <summary>Null where the terminal has not told its own colours.</summary>
    public static TerminalColors? PaletteOf(Capabilities known) => known is { Foreground: { } foreground, Background: { } background }
        ? new TerminalColors { Foreground = foreground, Background = background }
        : null;
}
