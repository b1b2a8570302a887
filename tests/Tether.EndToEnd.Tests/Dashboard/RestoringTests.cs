using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>However the dashboard ends, the terminal is as it was before, also out of the middle of typing, a zoom or a popup.</summary>
public sealed class RestoringTests
{
    // Everything that a session's program can ask for, to be asked of the outer terminal while it is typed into.
    private const string Demanding = "printf '\\033[?1003h\\033[?1006h\\033[?2004h\\033[?1004h\\033[>15u\\033[?1h\\033=\\033[5 q\\033]2;inner title\\033\\\\messy'; exec cat";

    [EndToEndFact]
    public Task After_q() => IsRestored(async window =>
    {
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
    });

    [EndToEndFact]
    public Task After_q_behind_typing() => IsRestored(async window =>
    {
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("messy"), "typing");
        await window.PressChord();
        await window.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the end of typing");
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
    });

    [EndToEndFact]
    public Task After_q_behind_a_zoom() => IsRestored(async window =>
    {
        await window.Type("z");
        await window.Until(picture => picture.Lines[0].StartsWith("messy", StringComparison.Ordinal), "the zoom");
        await window.PressChord();
        await window.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the dashboard");
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
    }, isZoomed: true);

    [EndToEndTheory]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Hangup)]
    public Task After_a_signal(int signal) => IsRestored(async window =>
    {
        await window.Terminal.Signal(signal);
        Assert.Equal(128 + signal, await window.Exited());
    });

    [EndToEndFact]
    public Task After_a_signal_while_typing() => IsRestored(async window =>
    {
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("messy"), "typing");
        await window.Terminal.Signal(Signals.Terminate);
        Assert.Equal(128 + Signals.Terminate, await window.Exited());
    });

    [EndToEndFact]
    public Task After_a_signal_while_zoomed() => IsRestored(async window =>
    {
        await window.Type("z");
        await window.Until(picture => picture.Lines[0].StartsWith("messy", StringComparison.Ordinal), "the zoom");
        await window.Terminal.Signal(Signals.Terminate);
        Assert.Equal(128 + Signals.Terminate, await window.Exited());
    }, isZoomed: true);

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task What_stood_there_before_a_zoom_is_in_the_scrollback_and_nothing_of_the_session_is(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("messy", "sh", "-c", Demanding);
        var window = await Window.Open(sandbox, judge, 120, 40, "what was there");
        await window.UntilTile("messy", "messy");
        for (var i = 0; i < 2; i++)
        {
            await window.Type("z");
            await window.Until(picture => picture.Lines[0].StartsWith("messy", StringComparison.Ordinal), "the zoom");
            await window.PressChord();
            await window.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the dashboard");
        }

        await window.Type("q");
        Assert.Equal(0, await window.Exited());
        await window.Until(picture => picture.Lines.All(line => line.Length == 0), "a clear screen");
        var above = await window.Scrollback();
        Assert.Equal(["what was there"], above.Where(line => line.Length > 0));
    }

    [EndToEndTheory]
    [InlineData("tether")]
    [InlineData("tether reset")]
    public async Task After_being_killed_the_next_one_puts_it_right(string next)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("messy", "sh", "-c", Demanding);
        var terminal = sandbox.OpenProgram(120, 40, "sh", "-c", $"tether; echo killed; {next}; echo left");
        var window = new EmulatorWindow(terminal);
        await window.UntilTile("messy", "messy");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("messy"), "typing");
        sandbox.Processes.Single(process => process is { Program: "tether", CommandLine.Length: 1 }).Kill();
        if (next == "tether")
        {
            await window.Until(picture => picture.IsFocused("messy") && !picture.Shows("killed"), "the next dashboard");
            await window.Type("q");
        }

        await terminal.Until(screen => screen.Shows("left") && screen.Modes == OuterModes.Fresh, $"the modes {OuterModes.Fresh}");
        Assert.Empty(Directory.GetFiles(sandbox.Paths.Screens));
    }

    [EndToEndFact]
    public async Task A_stopped_dashboard_leaves_the_terminal_to_others_and_takes_it_back()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("messy", "sh", "-c", Demanding);
        var terminal = sandbox.Open(120, 40);
        var window = new EmulatorWindow(terminal);
        await window.UntilTile("messy", "messy");
        await terminal.Until(screen => screen.Modes.KittyFlags != KittyFlags.None, "kitty's protocol");
        var entered = terminal.Screen.Modes;
        await terminal.Signal(Signals.TerminalStop);
        await terminal.Until(screen => screen.Modes == OuterModes.Fresh, $"the modes {OuterModes.Fresh}");
        await Patience.Until(() => terminal.Settings == terminal.SettingsBefore, "the settings of before");
        terminal.Vandalise("\e[2J\e[H$ fg");
        terminal.Resize(100, 30);
        await sandbox.Do("input", id, "meanwhile");
        await terminal.Signal(Signals.Continue);
        await window.Until(picture => picture.Columns == 100 && picture.ShowsIn("messy", "meanwhile") && !picture.Shows("$ fg"), "the dashboard at the new size");
        Assert.Equal(entered, terminal.Screen.Modes);
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
        await terminal.Until(screen => screen.Modes == OuterModes.Fresh, $"the modes {OuterModes.Fresh}");
    }

    // A zoom draws on the main screen, as `tether attach` does: what stood there is in the scrollback then.
    private static async Task IsRestored(Func<EmulatorWindow, Task> end, bool isZoomed = false)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("messy", "sh", "-c", Demanding);
        var terminal = sandbox.OpenProgram(120, 40, "sh", "-c", "printf '\\033]2;my window\\033\\\\'; echo what was there; exec tether");
        var window = new EmulatorWindow(terminal);
        await window.UntilTile("messy", "messy");
        await terminal.Until(screen => screen.Modes.KittyFlags != KittyFlags.None, "kitty's protocol");
        Assert.True(terminal.Settings.IsRaw);
        Assert.True(terminal.Screen.IsAlternate);
        await end(window);
        Assert.Equal(terminal.SettingsBefore, terminal.Settings);
        var screen = await terminal.Until(screen => screen.Modes == OuterModes.Fresh, $"the modes {OuterModes.Fresh}");
        Assert.Equal(isZoomed ? "" : "what was there", screen.Lines[0]);
        Assert.Equal(isZoomed, terminal.Scrollback.Contains("what was there"));
        Assert.Equal(isZoomed, screen.Lines.All(line => line.Length == 0));
        Assert.Equal("my window", screen.Title);
        Assert.Empty(Directory.GetFiles(sandbox.Paths.Screens));

        // The next program's text stands below, with its own look.
        terminal.Vandalise("\r\nplain");
        Assert.Contains("plain", terminal.Screen.AnsiLines);
    }
}
