namespace Tether.Daemon.Agents;

/// <summary>
/// Variables by which a program recognises the terminal it runs in. They describe the terminal that a session happened to be started
/// from; the program runs in Tether's, so every one of them would lie, and some (TMUX, KITTY_LISTEN_ON) would let it talk to the wrong window.
/// </summary>
internal static class OuterTerminal
{
    private static readonly HashSet<string> Names =
    [
        // Multiplexers.
        "TMUX", "TMUX_PANE", "STY", "WINDOW", "TERMCAP", "ZELLIJ", "ZELLIJ_SESSION_NAME", "ZELLIJ_PANE_ID",
        // The size, which changes, and the tty, which is another.
        "COLUMNS", "LINES", "GPG_TTY",
        // Terminals.
        "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TERM_SESSION_ID", "TERMINFO", "LC_TERMINAL", "LC_TERMINAL_VERSION", "WINDOWID",
        "VTE_VERSION", "GNOME_TERMINAL_SCREEN", "GNOME_TERMINAL_SERVICE", "TILIX_ID", "TERMINATOR_UUID", "TERMINAL_EMULATOR",
        "XTERM_VERSION", "XTERM_LOCALE", "XTERM_SHELL", "WT_SESSION", "WT_PROFILE_ID", "ConEmuANSI", "ConEmuPID", "VSCODE_INJECTION",
        "ITERM_SESSION_ID", "ITERM_PROFILE", "FIG_TERM", "MINTTY_SHORTCUT",
    ];

    private static readonly string[] Prefixes = ["KITTY_", "WEZTERM_", "ALACRITTY_", "GHOSTTY_", "KONSOLE_", "FOOT_", "RIO_", "WARP_"];

    public static bool Describes(string name) =>
        Names.Contains(name) || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
