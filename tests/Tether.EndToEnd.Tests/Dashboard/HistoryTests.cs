using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>A tile's own scrollback and search.</summary>
public sealed class HistoryTests
{
    private static readonly string[] Printer = ["sh", "-c", "seq -f 'line %g' 500; exec cat"];

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task Page_up_scrolls_and_escape_is_back_at_what_happens_now(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("printer", Printer);
        var window = await Window.Open(sandbox, judge);
        await window.UntilTile("printer", "line 500");
        await window.Press(Key.PageUp);
        await window.Until(IsInHistory, "the history");
        await window.Press(Key.PageUp);
        await window.Until(picture => picture.Box("printer")!.Content[^1] is "line 464" or "line 465" || !picture.ShowsIn("printer", "line 500"), "older lines");
        await window.Press(Key.Home);
        await window.Until(picture => picture.Box("printer")!.Content[0] == "line 1", "the oldest line");
        await window.Type("jj");
        var picture = await window.Until(picture => picture.Box("printer")!.Content[0] == "line 3", "two lines further down");
        Assert.Equal(Enumerable.Range(3, picture.Box("printer")!.Content.Length).Select(number => $"line {number}"), picture.Box("printer")!.Content);

        // It stands still while the session prints.
        await sandbox.Do("input", id, "news");
        Assert.Equal("line 3", (await window.Look()).Box("printer")!.Content[0]);
        await window.Press(Key.Escape);
        await window.UntilTile("printer", "news");
        await window.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the way back");
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task A_search_with_a_regular_expression_goes_from_match_to_match(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("printer", Printer);
        var window = await Window.Open(sandbox, judge);
        await window.UntilTile("printer", "line 500");
        await window.Type("/e [23]07$");
        await window.Until(picture => picture.Bottom.Contains("e [23]07$", StringComparison.Ordinal), "what is searched for");
        await window.Press(Key.Enter);
        await window.UntilTile("printer", "line 307");
        await window.Type("n");
        await window.UntilTile("printer", "line 207");
        await window.Type("N");
        await window.UntilTile("printer", "line 307");
        await window.Type("N");
        await window.UntilShows("no newer match");
        await window.Type("/");
        await window.Type("(\r");
        await window.Until(picture => IsInHistory(picture) && picture.Bottom.Contains('('), "what is wrong with the expression");
        await window.Press(Key.Escape);
        await window.UntilTile("printer", "line 500");
    }

    [EndToEndFact]
    public async Task The_wheel_scrolls_the_tile_under_it()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("printer", Printer);
        var window = await Window.Open(sandbox, Judge.Emulator);
        var tile = (await window.UntilTile("printer", "line 500")).Box("printer")!;
        await window.Type(Mouse.WheelUp(tile.Row + 2, tile.Column + 2));
        await window.Until(IsInHistory, "the history");
        for (var i = 0; i < 20; i++)
        {
            await window.Type(Mouse.WheelUp(tile.Row + 2, tile.Column + 2));
        }

        await window.Until(picture => !picture.ShowsIn("printer", "line 500"), "older lines");
        for (var i = 0; i < 30; i++)
        {
            await window.Type(Mouse.WheelDown(tile.Row + 2, tile.Column + 2));
        }

        await window.UntilTile("printer", "line 500");
    }

    private static bool IsInHistory(Picture picture) => picture.Bottom.Contains("HISTORY printer", StringComparison.Ordinal);
}
