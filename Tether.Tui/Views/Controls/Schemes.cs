using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Controls;

/// <summary>The themes there are. Text on the ground has a contrast of 4.5 at least (WCAG 2.2 AA), 7 in high contrast.</summary>
internal static class Schemes
{
    public static Scheme Dark { get; } = Of("dark", text: 0xd8dee9, ground: 0x16181d, new Tints
    {
        Muted = 0x8f98a8,
        Strong = 0xffffff,
        Bar = 0x262a33,
        Selected = 0x35405a,
        Focus = 0x7aa2f7,
        Live = 0x9ece6a,
        NeedsYou = 0xffc24b,
        Working = 0x7dcfff,
        Done = 0x9ece6a,
        Failed = 0xff7a85,
        Added = (0xa6da76, 0x1c2b1f),
        Removed = (0xff949c, 0x341a1e),
        Match = 0xffd866,
        Selection = 0x3d4f7c,
    });

    public static Scheme Light { get; } = Of("light", text: 0x24292f, ground: 0xfafafa, new Tints
    {
        Muted = 0x5f6873,
        Strong = 0x000000,
        Bar = 0xe4e7eb,
        Selected = 0xcfe0fc,
        Focus = 0x0b5cc4,
        Live = 0x116329,
        NeedsYou = 0x8a4b00,
        Working = 0x0a5a83,
        Done = 0x116329,
        Failed = 0xb3141f,
        Added = (0x0d5322, 0xdff3e3),
        Removed = (0x9a0f1a, 0xfde4e4),
        Match = 0xffd866,
        Selection = 0xb6d0fb,
    });

    public static Scheme HighContrast { get; } = Of("high-contrast", text: 0xffffff, ground: 0x000000, new Tints
    {
        Muted = 0xc8c8c8,
        Strong = 0xffffff,
        Bar = 0x000000,
        Selected = 0x00327a,
        Focus = 0x6fd3ff,
        Live = 0x5cff5c,
        NeedsYou = 0xffe100,
        Working = 0x6fd3ff,
        Done = 0x5cff5c,
        Failed = 0xff9e9e,
        Added = (0x5cff5c, 0x002b00),
        Removed = (0xffb4b4, 0x3a0000),
        Match = 0xffe100,
        Selection = 0x00327a,
    }) with { Bar = new Style(Rgb(0x000000), Rgb(0xffffff), default, StyleFlags.Bold) };

    /// <summary>The named colours alone, on black.</summary>
    public static Scheme Sixteen { get; } = Named("sixteen", new Style(Palette(7), Palette(0), default, StyleFlags.None), muted: Palette(7));

    /// <summary>The named colours on whatever the terminal's own are.</summary>
    public static Scheme Terminal { get; } = Named("terminal", default, muted: default);

    /// <summary>Attributes alone.</summary>
    public static Scheme Mono { get; } = new()
    {
        Name = "mono",
        Text = default,
        Muted = With(StyleFlags.Faint),
        Strong = With(StyleFlags.Bold),
        Bar = With(StyleFlags.Inverse),
        Selected = With(StyleFlags.Inverse),
        Focus = With(StyleFlags.Bold),
        Live = With(StyleFlags.Bold | StyleFlags.Inverse),
        NeedsYou = With(StyleFlags.Bold | StyleFlags.Inverse),
        Working = default,
        Done = With(StyleFlags.Bold),
        Failed = With(StyleFlags.Bold | (StyleFlags)(int)UnderlineKind.Straight),
        Added = With(StyleFlags.Bold),
        Removed = default,
        Match = With(StyleFlags.Bold | (StyleFlags)(int)UnderlineKind.Straight),
        Selection = With(StyleFlags.Inverse),
        Dims = false,
    };

    private static readonly Scheme DarkOnOwnGround = OnOwnGround(Dark);
    private static readonly Scheme LightOnOwnGround = OnOwnGround(Light);

    public static IReadOnlyList<Scheme> All { get; } = [Dark, Light, HighContrast, Sixteen, Terminal, Mono];

    /// <summary>What the configuration may name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(scheme => scheme.Name)];

    /// <summary>Null if there is none of that name.</summary>
    public static Scheme? Find(string name) => All.FirstOrDefault(scheme => string.Equals(scheme.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The one that follows the terminal.</summary>
    /// <param name="colors">How many it has.</param>
    /// <param name="isDarkBackground">Null where it did not say.</param>
    public static Scheme For(ColorDepth colors, bool? isDarkBackground) => (colors, isDarkBackground) switch
    {
        (ColorDepth.None, _) => Mono,
        (ColorDepth.Sixteen, _) or (_, null) => Terminal,
        (_, true) => DarkOnOwnGround,
        _ => LightOnOwnGround,
    };

    // The terminal's own text and ground, which the tiles have too, instead of the theme's.
    private static Scheme OnOwnGround(Scheme scheme)
    {
        return scheme with
        {
            Text = default,
            Muted = Bare(scheme.Muted),
            Strong = With(StyleFlags.Bold),
            Focus = Bare(scheme.Focus),
            Live = Bare(scheme.Live),
            NeedsYou = Bare(scheme.NeedsYou),
            Working = Bare(scheme.Working),
            Done = Bare(scheme.Done),
            Failed = Bare(scheme.Failed),
            Added = Bare(scheme.Added),
            Removed = Bare(scheme.Removed),
        };

        static Style Bare(Style style) => style with { Background = default };
    }

    private static Scheme Of(string name, int text, int ground, Tints tints)
    {
        return new Scheme
        {
            Name = name,
            Text = On(ground, text),
            Muted = On(ground, tints.Muted),
            Strong = On(ground, tints.Strong, StyleFlags.Bold),
            Bar = On(tints.Bar, text),
            Selected = On(tints.Selected, tints.Strong),
            Focus = On(ground, tints.Focus),
            Live = On(ground, tints.Live, StyleFlags.Bold),
            NeedsYou = On(ground, tints.NeedsYou, StyleFlags.Bold),
            Working = On(ground, tints.Working),
            Done = On(ground, tints.Done),
            Failed = On(ground, tints.Failed, StyleFlags.Bold),
            Added = On(tints.Added.Ground, tints.Added.Ink),
            Removed = On(tints.Removed.Ground, tints.Removed.Ink),
            Match = On(tints.Match, 0x000000),
            Selection = On(tints.Selection, tints.Strong),
        };

        static Style On(int ground, int text, StyleFlags flags = StyleFlags.None) => new(Rgb(text), Rgb(ground), default, flags);
    }

    private static Scheme Named(string name, Style text, TerminalColor muted)
    {
        return new Scheme
        {
            Name = name,
            Text = text,
            Muted = text with { Foreground = muted, Flags = muted.IsDefault ? StyleFlags.Faint : StyleFlags.None },
            Strong = text.IsDefault ? With(StyleFlags.Bold) : In(15, StyleFlags.Bold),
            Bar = text with { Flags = StyleFlags.Inverse },
            Selected = text with { Flags = StyleFlags.Inverse },
            Focus = In(6, StyleFlags.None),
            Live = In(2, StyleFlags.Bold),
            NeedsYou = In(3, StyleFlags.Bold),
            Working = In(6, StyleFlags.None),
            Done = In(2, StyleFlags.None),
            Failed = In(text.IsDefault ? 1 : 9, StyleFlags.Bold),
            Added = In(2, StyleFlags.None),
            Removed = In(text.IsDefault ? 1 : 9, StyleFlags.None),
            Match = new Style(Palette(0), Palette(3), default, StyleFlags.None),
            Selection = text with { Flags = StyleFlags.Inverse },
        };

        Style In(int color, StyleFlags flags) => text with { Foreground = Palette(color), Flags = flags };
    }

    private static Style With(StyleFlags flags) => new(default, default, default, flags);

    private static TerminalColor Rgb(int rgb) => TerminalColor.FromRgb(rgb);

    private static TerminalColor Palette(int index) => TerminalColor.Palette(index);

    // Bar, Selected, Match and Selection are grounds, the others are inks; all 0xRRGGBB.
    private readonly record struct Tints(
        int Muted, int Strong, int Bar, int Selected, int Focus, int Live, int NeedsYou, int Working, int Done, int Failed, int Match, int Selection)
    {
        public (int Ink, int Ground) Added { get; init; }

        public (int Ink, int Ground) Removed { get; init; }
    }
}
