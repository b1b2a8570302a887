namespace Tether.EndToEnd.Tests.Restoring;

/// <summary>However the client ends, the terminal in front of which the person sits is as it was before.</summary>
public sealed class RestoreTests
{
    // Alternate screen, hidden cursor, mouse, paste, focus, application keys, kitty keyboard, no wrap, margins, a bar cursor, colours.
    private const string Mess =
        @"printf '\033[?1049h\033[?25l\033[?1000h\033[?1002h\033[?1006h\033[?2004h\033[?1004h\033[?1h\033=\033[>1u\033[?7l\033[3;10r\033[5 q\033[1;31;44mmessy screen'";

    [EndToEndFact]
    public Task After_detaching() => IsRestored(async (terminal, _) =>
    {
        terminal.Type(Keys.Detach);
        Assert.Equal(0, await terminal.Exited);
    });

    [EndToEndFact]
    public Task After_the_program_ends_without_cleaning_up() => IsRestored(async (terminal, sandbox) =>
    {
        await sandbox.Do("stop", "--all", "--force");
        Assert.Equal(128 + Signals.Kill, await terminal.Exited);
    });

    [EndToEndTheory]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Hangup)]
    [InlineData(Signals.Kill)]
    public Task After_a_signal_to_the_client(int signal) => IsRestored(async (terminal, _) =>
    {
        await terminal.Signal(signal);
        await terminal.Exited;
    });

    [EndToEndFact]
    public Task After_the_session_was_only_observed() => IsRestored(
        async (terminal, _) =>
        {
            terminal.Type(Keys.Detach);
            Assert.Equal(0, await terminal.Exited);
        },
        "--observe");

    [EndToEndFact]
    public async Task The_main_screens_text_stays_above_what_comes_next()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("plain", "sh", "-c", "echo first line; echo second line; cat");
        var terminal = sandbox.Open("attach", id);
        await terminal.UntilShows("second line");
        terminal.Type(Keys.Detach);
        Assert.Equal(0, await terminal.Exited);
        var screen = terminal.Screen;
        Assert.True(screen.Shows("second line"), screen.ToString());
        Assert.True(screen.Cursor.Row > Array.FindIndex(screen.Lines, line => line.Contains("second line", StringComparison.Ordinal)), screen.ToString());
        Assert.Equal(0, screen.Cursor.Column);
    }

    private static async Task IsRestored(Func<OuterTerminal, Sandbox, Task> end, string mode = "--control")
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("messy", "sh", "-c", $"stty -echo; {Mess}; cat");
        await sandbox.UntilShows(id, "messy screen");
        var terminal = sandbox.Open("attach", id, mode);
        await terminal.UntilShows("messy screen");
        await Patience.Until(() => terminal.Settings.IsRaw, "raw mode");
        Assert.NotEqual(OuterModes.Fresh, terminal.Screen.Modes);

        await end(terminal, sandbox);

        // The daemon restores for a client that was killed, a moment after its death.
        await Patience.Until(() => terminal.Settings == terminal.SettingsBefore, $"the settings {terminal.SettingsBefore}, are {terminal.Settings}");
        await terminal.Until(screen => screen.Modes == OuterModes.Fresh, $"the modes {OuterModes.Fresh}, are {terminal.Screen.Modes}");
        Assert.False(terminal.Screen.IsAlternate);

        // Neither colours nor margins are left: plain text is plain, and scrolls over the whole window.
        terminal.Vandalise(string.Concat(Enumerable.Range(1, 60).Select(number => $"\r\nplain {number}")));
        Assert.Equal(Enumerable.Range(37, 24).Select(number => $"plain {number}"), terminal.Screen.AnsiLines);
    }
}
