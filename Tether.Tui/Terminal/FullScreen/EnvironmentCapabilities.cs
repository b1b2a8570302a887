using Tether.Tui.Rendering;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>What the environment says of the terminal before it has said anything itself.</summary>
internal static class EnvironmentCapabilities
{
    private static readonly string[] TrueColorTerms = ["xterm-kitty", "xterm-ghostty", "ghostty", "foot", "alacritty", "wezterm", "contour"];
    private static readonly string[] TrueColorPrograms = ["iTerm.app", "WezTerm", "ghostty", "vscode", "Hyper", "rio", "WarpTerminal"];
    private static readonly string[] Monochrome = ["vt100", "vt102", "vt220", "vt320", "vt420"];

    /// <param name="variable">Looks up one variable; null or empty when it is not set.</param>
    public static Capabilities Read(Func<string, string?> variable)
    {
        string Get(string name) => variable(name) ?? "";
        var term = Get("TERM");
        var refusesColor = Get("NO_COLOR").Length > 0;
        var isTmux = Get("TMUX").Length > 0 || IsOrExtends(term, "tmux");
        return new Capabilities
        {
            IsDumb = term is "" or "dumb" or "unknown",
            RefusesColor = refusesColor,
            Colors = refusesColor ? ColorDepth.None : Depth(term, Get("COLORTERM"), Get("TERM_PROGRAM")),
            HasUnicode = IsUtf8(new[] { Get("LC_ALL"), Get("LC_CTYPE"), Get("LANG") }.FirstOrDefault(value => value.Length > 0) ?? "C"),
            IsTmux = isTmux,
            IsScreen = !isTmux && (Get("STY").Length > 0 || IsOrExtends(term, "screen")),
            IsLinuxConsole = IsOrExtends(term, "linux"),
            IsDark = DarkByIndex(Get("COLORFGBG")),
        };
    }

    private static ColorDepth Depth(string term, string colorTerm, string program) =>
        IsOrExtends(term, "linux") ? ColorDepth.Sixteen
        : colorTerm is "truecolor" or "24bit"
            || Array.Exists(TrueColorTerms, name => IsOrExtends(term, name))
            || TrueColorPrograms.Contains(program)
            || term.EndsWith("-direct", StringComparison.Ordinal) || term.EndsWith("-truecolor", StringComparison.Ordinal) ? ColorDepth.TrueColor
        : term.EndsWith("-256color", StringComparison.Ordinal) || program == "Apple_Terminal" ? ColorDepth.Palette256
        : term.EndsWith("-mono", StringComparison.Ordinal) || Array.Exists(Monochrome, name => IsOrExtends(term, name)) ? ColorDepth.None
        : ColorDepth.Sixteen;

    private static bool IsOrExtends(string term, string name) =>
        term.StartsWith(name, StringComparison.Ordinal) && (term.Length == name.Length || term[name.Length] is '-' or '.' or '+');

    private static bool IsUtf8(string locale) =>
        locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase);

    // `foreground;background` or `foreground;default;background`, as numbers of the 16 colours: rxvt and Konsole set it. 7 and 9 to 15 are light.
    private static bool? DarkByIndex(string colors) =>
        int.TryParse(colors[(colors.LastIndexOf(';') + 1)..], out var background) ? background is < 7 or 8 : null;
}
