using Tether.Protocol.Terminal;

namespace Tether.EndToEnd.Tests.FullScreen;

/// <summary>A full screen takes the terminal over and gives it back; `tether debug --terminal` is one that tells what it hears.</summary>
public sealed class FullScreenTests
{
    private const string CtrlC = "\x03";

    // As kitty's protocol sends it.
    private const string KittyCtrlC = "\e[99;5u";

    [EndToEndFact]
    public Task After_leaving() => IsRestored(async terminal =>
    {
        terminal.Type(KittyCtrlC);
        Assert.Equal(0, await terminal.Exited);
    });

    [EndToEndTheory]
    [InlineData(Signals.Hangup)]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public Task After_a_signal(int signal) => IsRestored(async terminal =>
    {
        await terminal.Signal(signal);
        Assert.Equal(128 + signal, await terminal.Exited);
    });

    [EndToEndFact]
    public Task After_a_storm_of_sizes_and_mouse_moves() => IsRestored(async terminal =>
    {
        for (var i = 0; i < 100; i++)
        {
            terminal.Type($"\e[<35;{i % 40};5M");
            terminal.Resize(40 + i, 10 + (i % 30));
        }

        terminal.Resize(80, 24);
        await terminal.UntilShows("80×24");
        terminal.Type(KittyCtrlC + "\e[<35;1;1M\e[<35;2;1M");
        Assert.Equal(0, await terminal.Exited);
    });

    [EndToEndFact]
    public async Task After_being_killed_the_next_one_puts_the_terminal_right()
    {
        await using var sandbox = new Sandbox();
        const string Twice = "tether debug --terminal; echo killed; tether debug --terminal; echo left";
        var terminal = sandbox.OpenProgram(80, 24, "sh", "-c", Twice);
        await terminal.UntilShows("kitty's protocol");
        Assert.Single(Directory.GetFiles(sandbox.Paths.Screens));
        sandbox.Processes.Single(process => process.Program == "tether").Kill();
        await terminal.Until(screen => screen.IsAlternate && !screen.Shows("killed") && screen.Shows("kitty's protocol"), "the second one");
        terminal.Type(KittyCtrlC);
        await terminal.UntilShows("left");
        await HasFreshModes(terminal);
        Assert.Empty(Directory.GetFiles(sandbox.Paths.Screens));
    }

    [EndToEndFact]
    public async Task A_reset_puts_it_right_too_and_nothing_is_left_to_be_done()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.OpenProgram(80, 24, "sh", "-c", "tether debug --terminal; tether reset; echo reset");
        await terminal.UntilShows("kitty's protocol");
        sandbox.Processes.Single(process => process.Program == "tether").Kill();
        await terminal.UntilShows("reset");
        Assert.Equal(OuterModes.Fresh, terminal.Screen.Modes);
        Assert.Empty(Directory.GetFiles(sandbox.Paths.Screens));
    }

    [EndToEndFact]
    public async Task What_the_terminal_answers_is_learned_and_nothing_of_it_is_a_key()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("debug", "--terminal");
        terminal.SetColors(new TerminalColors { Foreground = 0x000000, Background = 0xFFFFFF });
        await terminal.UntilShows("kitty's protocol");
        var screen = await terminal.Until(screen => screen.Shows("light") && screen.Shows("whole frames    yes"), "all answers");
        Assert.DoesNotContain(screen.Lines, line => line.StartsWith("key ", StringComparison.Ordinal));
        terminal.SetColors(new TerminalColors { Foreground = 0xFFFFFF, Background = 0x000000 });
        await terminal.UntilShows("dark");
    }

    [EndToEndFact]
    public async Task The_first_frame_does_not_wait_for_answers_and_late_ones_are_no_keys()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("debug", "--terminal");
        terminal.HoldAnswers();
        await terminal.UntilShows("keyboard        as ever");
        terminal.Type("a");
        await terminal.UntilShows("key a");
        terminal.ReleaseAnswers();
        await terminal.UntilShows("keyboard        kitty's protocol");
        terminal.Type("b");
        var screen = await terminal.UntilShows("key b");
        Assert.Equal(2, screen.Lines.Count(line => line.StartsWith("key ", StringComparison.Ordinal)));
    }

    [EndToEndFact]
    public async Task A_terminal_that_never_answers_works_with_old_keys_and_is_left_clean()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("debug", "--terminal");
        terminal.HoldAnswers();
        await terminal.UntilShows("keyboard        as ever");
        terminal.Type("\e");
        await terminal.UntilShows("key esc");
        terminal.Type("\ex");
        await terminal.UntilShows("key alt-x");
        terminal.Type("\e[1;5A");
        await terminal.UntilShows("key ctrl-up");
        terminal.Type(CtrlC);
        Assert.Equal(0, await terminal.Exited);
        await HasFreshModes(terminal);
    }

    [EndToEndFact]
    public async Task Keys_the_mouse_focus_and_a_large_paste_are_understood()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("debug", "--terminal");
        await terminal.UntilShows("kitty's protocol");
        var modes = terminal.Screen.Modes;
        Assert.Equal((true, true, true, KittyFlags.Disambiguate), (modes.BracketedPaste, modes.FocusReports, modes.ColorSchemeReports, modes.KittyFlags));
        terminal.Type("\e[13;2u\e[I\e[<64;10;5M");
        await terminal.UntilShows("key shift-enter");
        await terminal.UntilShows("focus gained");
        await terminal.UntilShows("mouse Press 4 at 4,9");
        const int Size = 10 << 20;
        terminal.Paste(new string('x', Size));
        await terminal.UntilShows($"paste of {Size} bytes", Patience.Ample);
    }

    [EndToEndFact]
    public async Task A_window_that_hangs_ends_with_a_signal_and_without_waiting_for_it()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open(300, 100, "debug", "--terminal");
        await terminal.UntilShows("kitty's protocol");
        terminal.StopReading();
        for (var i = 0; i < 2000; i++)
        {
            terminal.Type("\e[<35;10;5M\e[1;5A\e[<64;10;5M");
        }

        await terminal.Signal(Signals.Terminate);
        Assert.Equal(128 + Signals.Terminate, await terminal.Exited);
        Assert.Equal(terminal.SettingsBefore, terminal.Settings);
    }

    [EndToEndFact]
    public async Task A_stopped_program_leaves_the_terminal_to_others_and_takes_it_back()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("debug", "--terminal");
        await terminal.UntilShows("kitty's protocol");
        var entered = terminal.Screen.Modes;
        const int TerminalStop = 20;
        await terminal.Signal(OperatingSystem.IsMacOS() ? 18 : TerminalStop);
        await Patience.Until(() => terminal.Settings == terminal.SettingsBefore, "the settings of before");
        await HasFreshModes(terminal);
        await terminal.Signal(Signals.Continue);
        await terminal.Until(screen => screen.Modes == entered && screen.Shows("kitty's protocol"), "the full screen again");
        terminal.Type("z");
        await terminal.UntilShows("key z");
    }

    [EndToEndTheory]
    [InlineData("dumb", "TERM is dumb")]
    [InlineData("", "TERM is not set")]
    public async Task A_terminal_that_cannot_place_a_cursor_is_refused_with_what_to_use_instead(string term, string reason)
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TERM", term);
        var terminal = sandbox.Open(200, 24, "debug", "--terminal");
        Assert.Equal(2, await terminal.Exited);
        var screen = await terminal.UntilShows(reason);
        Assert.True(screen.Shows("`tether ls`") && screen.Shows("`tether attach`"), screen.ToString());
        Assert.Equal(OuterModes.Fresh, screen.Modes);
    }

    [EndToEndFact]
    public async Task Without_a_terminal_it_is_refused()
    {
        await using var sandbox = new Sandbox();
        var result = await sandbox.Run("debug", "--terminal");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("`tether ls`", result.Errors, StringComparison.Ordinal);
    }

    private static async Task IsRestored(Func<OuterTerminal, Task> end)
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.OpenProgram(80, 24, "sh", "-c", "echo what was there; exec tether debug --terminal");
        await terminal.UntilShows("kitty's protocol");
        Assert.True(terminal.Settings.IsRaw);
        Assert.True(terminal.Screen.IsAlternate);
        await end(terminal);
        Assert.Equal(terminal.SettingsBefore, terminal.Settings);
        var screen = await HasFreshModes(terminal);
        Assert.Equal("what was there", screen.Text.TrimEnd());
        Assert.Equal((1, 0), screen.Cursor);
        Assert.Empty(Directory.GetFiles(sandbox.Paths.Screens));

        // Nothing that the terminal sent late is left for the next program.
        terminal.Vandalise("plain");
        Assert.Equal("plain", terminal.Screen.AnsiLines[1]);
    }

    private static Task<OuterScreen> HasFreshModes(OuterTerminal terminal) =>
        terminal.Until(screen => screen.Modes == OuterModes.Fresh, $"the modes {OuterModes.Fresh}");
}
