using System.Text.RegularExpressions;
using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>Every size of terminal, any storm of sizes, and terminals that can do little.</summary>
public sealed partial class SizesTests
{
    // Colours and lines until there is a file; then a screen that stays.
    private const string Flood = "while [ ! -e stop ]; do seq 1 500; printf '\\033[3%dm' 1 2 3 4 5 6; done; printf '\\033c'; echo still; exec cat";

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

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task After_a_storm_of_sizes_during_output_the_screen_is_that_of_a_fresh_dashboard(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await StartAll(sandbox);
        var flood = await sandbox.Detached("flood", "sh", "-c", Flood);
        var window = await Window.Open(sandbox, judge);
        await window.UntilTile("flood", "5");
        var random = new Random(200);
        for (var i = 0; i < 200; i++)
        {
            var (columns, rows) = i % 2 == 0 ? (40, 10) : i % 3 == 0 ? (random.Next(40, 500), random.Next(10, 150)) : (500, 150);
            await window.Resize(columns, rows);
            if (i % 20 == 19)
            {
                await window.Until(picture => picture.Columns == columns && picture.Lines.Length == rows && picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the dashboard at this size");
            }
        }

        await window.Resize(120, 40);
        await File.WriteAllTextAsync(Path.Combine(sandbox.WorkingDirectory, "stop"), "");
        await sandbox.UntilShows(flood, "^still");
        var after = await window.Until(IsStill, "the end of the flood");
        var fresh = await Window.Open(sandbox, Judge.Emulator);
        var expected = await fresh.Until(IsStill, "a fresh one");
        Assert.True(Appearance.Of(after) == Appearance.Of(expected), $"after the storm:\n{after}\nfresh:\n{expected}");
        if (window is EmulatorWindow ours && fresh is EmulatorWindow theirs)
        {
            Assert.Equal(Appearance.Of(theirs.Terminal.Screen), Appearance.Of(ours.Terminal.Screen));
            Assert.Equal(theirs.Terminal.Screen.Modes, ours.Terminal.Screen.Modes);
        }

        await window.Type("q");
        Assert.Equal(0, await window.Exited());

        static bool IsStill(Picture picture) =>
            picture.Columns == 120 && picture.Top.Contains(" 0 working", StringComparison.Ordinal) && picture.Box("flood") is { Text: ["still"] } && Titles.All(title => picture.ShowsIn(title, title));
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
