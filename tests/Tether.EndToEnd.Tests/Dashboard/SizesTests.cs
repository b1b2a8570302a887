using System.Text.RegularExpressions;
using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>Every size of terminal, any storm of sizes, and terminals that can do little.</summary>
public sealed partial class SizesTests
{
    private static readonly string[] Titles = ["alpha", "beta", "gamma", "delta"];

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task On_40_by_10_there_is_one_column_and_everything_can_be_reached(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await StartAll(sandbox);
        var window = await Window.Open(sandbox, judge, 40, 10);
        await window.Until(picture => picture.Shows("hello from alpha") && picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the first session");
        await window.Type("s");
        await window.Until(picture => Titles.All(title => picture.Lines.Any(line => line.Contains(title, StringComparison.Ordinal))), "the list");
        await window.Type("s4");
        await window.UntilShows("hello from delta");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.Bottom.Contains("TYPE delta", StringComparison.Ordinal), "typing");
        await window.Type("small\r");
        await window.UntilShows("small");
        await window.PressChord();
        await window.Type("?");
        await window.Until(picture => picture.Box("Keys") is not null, "the help");
        await window.Press(Key.Escape);
        await window.Until(picture => picture.Box("Keys") is null, "the end of the help");
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task On_500_by_150_all_sessions_are_whole(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await StartAll(sandbox);
        var window = await Window.Open(sandbox, judge, 500, 150);
        var picture = await window.Until(picture => Titles.All(title => picture.ShowsIn(title, $"hello from {title}")), "all tiles");
        Assert.DoesNotContain(picture.Boxes(), box => box.Foot.Contains(" of ", StringComparison.Ordinal));
        Assert.Equal(149, picture.Boxes().Max(box => box.Row + box.Rows));
        Assert.Equal(500, picture.Boxes().Max(box => box.Column + box.Columns));
    }

    [EndToEndFact]
    public async Task After_a_storm_of_sizes_during_output_the_screen_is_that_of_a_fresh_dashboard()
    {
        await using var sandbox = new Sandbox();
        await StartAll(sandbox);
        var flood = await sandbox.Detached("flood", "sh", "-c", "stty -echo; (while :; do seq 1 500; printf '\\033[3%dm' 1 2 3 4 5 6; done) & read x; kill $!; sleep 0.1; clear; echo still; exec cat");
        var window = (EmulatorWindow)await Window.Open(sandbox, Judge.Emulator, 120, 40);
        await window.Until(picture => picture.ShowsIn("flood", "5"), "the flood");
        await window.Terminal.Until(screen => screen.Modes.KittyFlags != 0, "kitty's protocol");
        var modes = window.Terminal.Screen.Modes;
        var random = new Random(200);
        for (var i = 0; i < 200; i++)
        {
            var before = window.Terminal.Received;
            var (columns, rows) = i % 2 == 0 ? (40, 10) : i % 3 == 0 ? (random.Next(40, 500), random.Next(10, 150)) : (500, 150);
            window.Terminal.Resize(columns, rows);
            if (i % 4 == 1)
            {
                await Patience.Until(() => window.Terminal.Received > before, "something new on the terminal");
            }
        }

        window.Terminal.Resize(120, 40);
        await sandbox.Do("keys", flood, "enter");
        await window.Until(picture => picture.Columns == 120 && picture.ShowsIn("flood", "still") && !picture.ShowsIn("flood", "5") && picture.Shows("0 working"), "the end of the flood");
        Assert.Equal(modes, window.Terminal.Screen.Modes);

        var fresh = (EmulatorWindow)await Window.Open(sandbox, Judge.Emulator, 120, 40);
        await fresh.Until(picture => Titles.All(title => picture.ShowsIn(title, title)) && picture.ShowsIn("flood", "still"), "a fresh one");
        await fresh.UntilShows("0 working");
        var (after, expected) = (window.Terminal.Screen, fresh.Terminal.Screen);
        Assert.True(Appearance.Of(after) == Appearance.Of(expected), $"after the storm:\n{after}\n{Appearance.Of(after)}\nfresh:\n{expected}\n{Appearance.Of(expected)}");
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
        await window.Terminal.Until(screen => screen.Modes == OuterModes.Fresh, $"the modes {OuterModes.Fresh}");
    }

    [EndToEndFact]
    public async Task A_size_that_changes_and_changes_back_at_once_leaves_a_whole_screen()
    {
        await using var sandbox = new Sandbox();
        await StartAll(sandbox);
        var window = (EmulatorWindow)await Window.Open(sandbox, Judge.Emulator, 120, 40);
        await window.Until(picture => Titles.All(title => picture.ShowsIn(title, $"hello from {title}")), "all tiles");
        window.Terminal.Resize(40, 10);
        window.Terminal.Resize(120, 40);
        await window.Until(picture => picture.Columns == 120 && picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal)
            && Titles.All(title => picture.ShowsIn(title, $"hello from {title}")), "all tiles, drawn anew");
    }

    [EndToEndFact]
    public async Task With_NO_COLOR_nothing_is_coloured()
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("NO_COLOR", "1");
        await sandbox.Detached("colourful", "sh", "-c", "printf '\\033[1;31mred \\033[38;5;99mviolet \\033[48;2;1;2;3mdark\\033[m\\n'; exec cat");
        await sandbox.Detached("failed", "sh", "-c", "exit 3");
        var window = (EmulatorWindow)await Window.Open(sandbox, Judge.Emulator);
        await window.UntilTile("colourful", "red violet dark");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("colourful"), "typing");
        await window.PressChord();
        await window.Type("?");
        await window.Until(picture => picture.Box("Keys") is not null, "the help");
        var text = System.Text.Encoding.UTF8.GetString(window.Terminal.Captured);
        var colors = Renditions().Matches(text).Where(match => match.Groups[1].Value.Split(';', ':').Any(IsColor)).Select(match => match.Value[1..]);
        Assert.Empty(colors.Distinct());
        Assert.Matches(Renditions(), text);

        static bool IsColor(string parameter) => int.TryParse(parameter, out var number) && number is (>= 30 and <= 38) or (>= 40 and <= 48) or 58 or (>= 90 and <= 97) or (>= 100 and <= 107);
    }

    [EndToEndTheory]
    [InlineData("linux")]
    [InlineData("screen")]
    [InlineData("vt100")]
    [InlineData("xterm")]
    [InlineData("xterm-kitty")]
    public async Task Under_any_name_of_a_terminal_it_works_and_leaves_nothing_behind(string term)
    {
        await using var sandbox = new Sandbox();
        await StartAll(sandbox);
        sandbox.Set("TERM", term);
        var terminal = sandbox.OpenProgram(120, 40, "sh", "-c", "echo what was there; exec tether");
        var window = new EmulatorWindow(terminal);
        await window.Until(picture => Titles.All(title => picture.ShowsIn(title, $"hello from {title}")), "all tiles");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("alpha"), "typing");
        await window.Type("typed\r");
        await window.UntilTile("alpha", "typed");
        await window.PressChord();
        await window.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the end of typing");
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
        var screen = await terminal.Until(screen => screen.Modes == OuterModes.Fresh, $"the modes {OuterModes.Fresh}");
        Assert.Equal("what was there", screen.Text.TrimEnd());
    }

    private static async Task StartAll(Sandbox sandbox)
    {
        foreach (var title in Titles)
        {
            await sandbox.Detached(title, "sh", "-c", $"echo hello from {title}; exec cat");
        }
    }

    [GeneratedRegex("\e\\[([0-9;:]*)m")]
    private static partial Regex Renditions();
}
