using System.Text.Json.Nodes;
using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>Looking never changes a session's size; zooming does, and says so.</summary>
public sealed class ZoomTests
{
    [EndToEndTheory("bash")]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task Zoom_gives_the_session_the_whole_terminal_and_comes_back_to_its_tile(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("shell", "bash");
        await sandbox.Detached("other", "cat");
        var window = await Window.Open(sandbox, judge, 130, 40);
        await window.UntilTile("shell", "ready>");
        await window.Type("z");
        await Patience.Until(async () => await SizeOf(sandbox, id) == (130, 40), "the terminal's size in the session");
        await window.Type("clear; stty size; seq 38; echo '#'\r");
        await window.Until(picture => picture.Lines[0] == "1" || picture.Lines[0] == "40 130", "the session alone");
        await window.PressChord();
        var back = await window.Until(picture => picture.Box("shell") is not null && picture.Box("other") is not null && picture.ShowsIn("shell", "ready>"), "the tiles");
        var screen = (await sandbox.Do("capture", id)).TrimEnd('\n').Split('\n');
        var tile = back.Box("shell")!;
        Assert.Equal(screen.TakeLast(tile.Text.Length).Select(line => Cut(line, tile)), tile.Text);
        Assert.Contains("NAVIGATE", back.Bottom, StringComparison.Ordinal);
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("shell"), "typing");
        await window.Type("echo al''ive\r");
        await window.UntilTile("shell", "alive");
    }

    [EndToEndFact("bash")]
    public async Task Looking_typing_scrolling_and_resizing_the_window_leave_its_size_alone()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("wide", 150, 50, "bash");
        var small = await sandbox.Detached("small", 30, 5, "bash");
        var window = (EmulatorWindow)await Window.Open(sandbox, Judge.Emulator);
        await window.UntilTile("wide", "ready>");
        var tile = (await window.Look()).Box("wide")!;
        Assert.Contains($"{tile.Columns - 2}×{tile.Rows - 2} of 150×50", tile.Foot, StringComparison.Ordinal);
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("wide"), "typing");
        await window.Type("stty size\r");
        await window.UntilTile("wide", "50 150");
        window.Terminal.Resize(100, 30);
        await window.Until(picture => picture.Columns == 100 && picture.IsLive("wide"), "the smaller window");
        await window.Type("clear; stty size\r");
        await window.UntilTile("wide", "50 150");
        await window.PressChord();
        await window.Press(Key.PageUp);
        await window.Until(picture => picture.Bottom.Contains("HISTORY", StringComparison.Ordinal), "the history");
        await window.Press(Key.Escape);
        await window.Type("2");
        await window.UntilFocused("small");
        Assert.Equal((150, 50), await SizeOf(sandbox, id));
        Assert.Equal((30, 5), await SizeOf(sandbox, small));
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task A_larger_sessions_tile_shows_where_its_cursor_is(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("wide", 200, 60, "sh", "-c", "stty -echo; printf '\\033[55;150Hhere I am'; exec cat");
        var window = await Window.Open(sandbox, judge);
        var picture = await window.UntilTile("wide", "here I am");
        Assert.Contains("of 200×60", picture.Box("wide")!.Foot, StringComparison.Ordinal);
    }

    private static string Cut(string line, Box tile) => line[..Math.Min(line.Length, tile.Columns - 2)].TrimEnd();

    private static async Task<(int Columns, int Rows)> SizeOf(Sandbox sandbox, string id)
    {
        JsonObject session = await sandbox.Session(id);
        return (session["columns"]!.GetValue<int>(), session["rows"]!.GetValue<int>());
    }
}
