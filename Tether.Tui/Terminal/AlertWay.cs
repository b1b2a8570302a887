using Tether.Protocol.Model;

namespace Tether.Tui.Terminal;

/// <summary>How the terminal that this program runs in shows desktop notifications, as far as its environment tells.</summary>
internal static class AlertWay
{
    // Konsole shows OSC 777 since 21.04.
    private const int FirstKonsole = 210400;

    // kitty knows OSC 777 too, but tells only by OSC 99 whether its window has the focus.
    private static readonly (string Term, string Way)[] Terms =
    [
        ("xterm-kitty", DesktopAlert.Osc99),
        ("xterm-ghostty", DesktopAlert.Osc777), ("ghostty", DesktopAlert.Osc777),
        ("wezterm", DesktopAlert.Osc777),
        ("foot", DesktopAlert.Osc777),
        ("contour", DesktopAlert.Osc777),
    ];

    private static readonly (string Program, string Way)[] Programs =
    [
        ("iTerm.app", DesktopAlert.Osc9),
        ("ghostty", DesktopAlert.Osc777),
        ("WezTerm", DesktopAlert.Osc777),
        ("WarpTerminal", DesktopAlert.Osc777),
    ];

    // What a tmux inherits from the terminal that it was started in.
    private static readonly (string Variable, string Way)[] Marks =
    [
        ("KITTY_WINDOW_ID", DesktopAlert.Osc99),
        ("GHOSTTY_RESOURCES_DIR", DesktopAlert.Osc777),
        ("WEZTERM_PANE", DesktopAlert.Osc777),
        ("WEZTERM_EXECUTABLE", DesktopAlert.Osc777),
        ("ITERM_SESSION_ID", DesktopAlert.Osc9),
    ];

    /// <summary>As <see cref="DesktopAlert"/> takes it; null where nothing is known to work: the desktop is told in another way then.</summary>
    /// <remarks>
    /// GNU screen hands nothing on. VTE (GNOME Terminal and others: `VTE_VERSION`) takes OSC 9 and 777 and shows nothing in most builds; Alacritty, xterm,
    /// Windows Terminal and VS Code show nothing either.
    /// </remarks>
    /// <param name="variable">Looks up one variable; null or empty when it is not set.</param>
    public static string? Of(Func<string, string?> variable)
    {
        string Get(string name) => variable(name) ?? "";
        var term = Get("TERM");
        var isTmux = Get("TMUX").Length > 0 || IsOrExtends(term, "tmux");
        if (!isTmux && (Get("STY").Length > 0 || IsOrExtends(term, "screen")))
        {
            return null;
        }

        var way = ByTerm(term) ?? ByProgram(Get("TERM_PROGRAM")) ?? ByProgram(Get("LC_TERMINAL") == "iTerm2" ? "iTerm.app" : "");

        // Variables of a terminal further out lie when a VTE was opened from it.
        way ??= Get("VTE_VERSION").Length > 0 ? null : ByMark(Get) ?? ByKonsole(Get("KONSOLE_VERSION"));
        return way is not null && isTmux ? way + DesktopAlert.BehindTmux : way;
    }

    private static string? ByTerm(string term) => Terms.FirstOrDefault(known => IsOrExtends(term, known.Term)).Way;

    private static string? ByProgram(string program) => Programs.FirstOrDefault(known => known.Program == program).Way;

    private static string? ByMark(Func<string, string> get) => Marks.FirstOrDefault(known => get(known.Variable).Length > 0).Way;

    private static string? ByKonsole(string version) => int.TryParse(version, out var number) && number >= FirstKonsole ? DesktopAlert.Osc777 : null;

    private static bool IsOrExtends(string term, string name) =>
        term.StartsWith(name, StringComparison.Ordinal) && (term.Length == name.Length || term[name.Length] is '-' or '.' or '+');
}
