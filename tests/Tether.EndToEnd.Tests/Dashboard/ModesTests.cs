using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>Whose the keys are is shown in four ways at once: the cursor, the chip below, what steps back, and a banner at each change.</summary>
public sealed class ModesTests
{
    private const string Banner = "TYPE: keys belong to alpha";

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task A_cursor_a_chip_and_a_banner_that_goes_away_tell_that_typing_is_live(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var window = await OpenTwo(sandbox, judge);
        Assert.Null((await window.Look()).Cursor);
        await window.Press(Key.Enter);
        var picture = await window.Until(screen => screen.IsLive("alpha") && screen.Top.Contains(Banner, StringComparison.Ordinal), "the banner");
        Assert.StartsWith("TYPE alpha", picture.Bottom.TrimStart(), StringComparison.Ordinal);
        Assert.Equal((picture.Box("alpha")!.Row + 2, picture.Box("alpha")!.Column + 1), picture.Cursor);
        picture = await window.Until(screen => !screen.Top.Contains(Banner, StringComparison.Ordinal), "the end of the banner");
        Assert.Contains("need you", picture.Top, StringComparison.Ordinal);
        Assert.NotNull(picture.Cursor);
        await window.PressChord();
        picture = await window.Until(screen => screen.Top.Contains("NAVIGATE: keys belong to the dashboard", StringComparison.Ordinal), "the other banner");
        Assert.Null(picture.Cursor);
        Assert.StartsWith("NAVIGATE", picture.Bottom.TrimStart(), StringComparison.Ordinal);
        await window.Until(screen => screen.Top.Contains("need you", StringComparison.Ordinal), "the counts again");
    }

    [EndToEndFact]
    public async Task The_others_step_back_while_one_is_typed_into()
    {
        await using var sandbox = new Sandbox();
        var window = (EmulatorWindow)await OpenTwo(sandbox, Judge.Emulator);
        var (live, other) = (RowOf(window, "hello from alpha"), RowOf(window, "hello from beta"));
        await window.Press(Key.Enter);
        await window.Until(screen => screen.IsLive("alpha"), "typing");
        Assert.NotEqual(other, RowOf(window, "hello from beta"));
        Assert.Equal(live, RowOf(window, "hello from alpha"));
        await window.PressChord();
        await window.Until(screen => screen.IsFocused("alpha"), "the end of typing");
        Assert.Equal(other, RowOf(window, "hello from beta"));
    }

    [EndToEndFact]
    public async Task A_session_that_hides_its_cursor_has_none_while_it_is_typed_into()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("alpha", "sh", "-c", "stty -echo; printf 'hidden\\033[?25l'; read x; printf ' shown\\033[?25h'; exec cat");
        var window = await Window.Open(sandbox, Judge.Emulator);
        await window.UntilTile("alpha", "hidden");
        await window.Press(Key.Enter);
        var picture = await window.Until(screen => screen.IsLive("alpha"), "typing");
        Assert.Null(picture.Cursor);
        await window.Type("\r");
        await window.Until(screen => screen.ShowsIn("alpha", "hidden shown") && screen.Cursor == (screen.Box("alpha")!.Row + 1, screen.Box("alpha")!.Column + 13), "the cursor");
    }

    [EndToEndFact("less")]
    public async Task The_wheel_in_a_full_screen_program_without_the_mouse_is_the_arrow_keys()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("work/lines", string.Concat(Enumerable.Range(1, 300).Select(number => $"line {number}\n")));
        await sandbox.Detached("pager", "less", "lines");
        var window = await Window.Open(sandbox, Judge.Emulator);
        var tile = (await window.UntilTile("pager", "line 1")).Box("pager")!;
        await window.Press(Key.Enter);
        await window.Until(screen => screen.IsLive("pager"), "typing");
        await window.Type(Mouse.WheelDown(tile.Row + 3, tile.Column + 3));
        await window.Until(screen => screen.Box("pager")!.Content[0] == "line 4", "three lines on");
        await window.Type(Mouse.WheelUp(tile.Row + 3, tile.Column + 3));
        var picture = await window.Until(screen => screen.Box("pager")!.Content[0] == "line 1", "three lines back");
        Assert.True(picture.IsLive("pager"), picture.ToString());
    }

    // The colours that a text in a tile begins with.
    private static string RowOf(EmulatorWindow window, string text)
    {
        var screen = window.Terminal.Screen;
        var row = screen.AnsiLines[Array.FindIndex(screen.Lines, line => "│┃║".Any(edge => line.Contains(edge + text, StringComparison.Ordinal)))];
        var at = row.LastIndexOf(text, StringComparison.Ordinal);
        return row[(row.LastIndexOfAny(['│', '┃', '║'], at) + 1)..at];
    }

    private static async Task<Window> OpenTwo(Sandbox sandbox, Judge judge)
    {
        foreach (var title in (string[])["alpha", "beta"])
        {
            await sandbox.Detached(title, "sh", "-c", $"stty -echo; printf '\\033[32mhello from {title}\\033[m\\n'; exec cat");
        }

        var window = await Window.Open(sandbox, judge, 90, 30);
        await window.UntilTile("alpha", "hello from alpha");
        await window.UntilTile("beta", "hello from beta");
        return window;
    }
}
