using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Tether.EndToEnd.Tests.Commands;

public sealed class CaptureTests
{
    private static readonly string[] Program =
        ["sh", "-c", "for i in $(seq 1 100); do echo line $i; done; printf '\\033[1;31mred\\033[0m and \\346\\274\\242 wide'; sleep 600"];

    [EndToEndFact]
    public async Task As_text_it_is_what_a_person_would_copy()
    {
        await using var sandbox = new Sandbox();
        var id = await Start(sandbox);
        var lines = (await sandbox.Do("capture", id)).TrimEnd('\n').Split('\n');
        Assert.Equal(24, lines.Length);
        Assert.Equal("line 78", lines[0]);
        Assert.Equal("red and 漢 wide", lines[^1]);
    }

    [EndToEndFact]
    public async Task Lines_above_the_screen_come_when_asked_for()
    {
        await using var sandbox = new Sandbox();
        var id = await Start(sandbox);
        var all = (await sandbox.Do("capture", id, "--all")).TrimEnd('\n').Split('\n');
        Assert.Equal(101, all.Length);
        Assert.Equal("line 1", all[0]);
        var some = (await sandbox.Do("capture", id, "--lines", "5")).TrimEnd('\n').Split('\n');
        Assert.Equal("red and 漢 wide", some[^1]);
        Assert.True(some.Length is 5 or 29, $"{some.Length} lines");
    }

    [EndToEndFact]
    public async Task As_ansi_it_keeps_its_colours()
    {
        await using var sandbox = new Sandbox();
        var id = await Start(sandbox);
        var text = await sandbox.Do("capture", id, "--format", "ansi");
        Assert.Matches("\e\\[[0-9;]*31[0-9;]*mred\e\\[", text);
    }

    [EndToEndFact]
    public async Task As_json_it_is_json_with_rows_and_cursor()
    {
        await using var sandbox = new Sandbox();
        var id = await Start(sandbox);
        var json = await sandbox.Json("capture", id, "--format", "json");
        Assert.Contains("red and", json.ToJsonString(), StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task As_html_it_is_a_page_in_its_colours()
    {
        await using var sandbox = new Sandbox();
        var id = await Start(sandbox);
        var page = await sandbox.Do("capture", id, "--all", "--format", "html");
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("<pre>\nline 1\n", page, StringComparison.Ordinal);
        Assert.Matches("font-weight:bold\">red</span> and <i style=\"width:2ch\">漢</i> wide", page);
    }

    [EndToEndFact]
    public async Task As_svg_it_is_a_picture_of_the_screen()
    {
        await using var sandbox = new Sandbox();
        var id = await Start(sandbox);
        var picture = XElement.Parse(await sandbox.Do("capture", id, "--format", "svg"));
        string[] texts = [.. picture.Elements().Where(element => element.Name.LocalName == "text").Select(text => text.Value)];
        Assert.Equal(["line", "78"], texts[..2]);
        Assert.Equal(["red", "and", "漢", "wide"], texts[^4..]);
    }

    [EndToEndFact]
    public async Task What_no_message_can_hold_is_refused_with_a_reason()
    {
        await using var sandbox = new Sandbox();
        const string Colours = """
            BEGIN { for (i = 0; i < 4000; i++) { for (j = 0; j < 40; j++) printf "\033[31ma\033[32mb"; print "" } print "all done"; system("sleep 600") }
            """;
        var id = await sandbox.Detached("colourful", "awk", Colours);
        await sandbox.UntilShows(id, "all done");
        var refused = await sandbox.Run("capture", id, "--all", "--format", "svg");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("ask for less scrollback", refused.Errors, StringComparison.Ordinal);
        Assert.Contains(">done</text>", await sandbox.Do("capture", id, "--format", "svg"), StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task An_ended_session_still_shows_its_last_screen()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("brief", "sh", "-c", "echo the very last words; exit 1");
        await sandbox.UntilState(id, "exited");
        Assert.Contains("the very last words", await sandbox.Do("capture", id), StringComparison.Ordinal);
        await sandbox.Do("restart");
        Assert.Contains("the very last words", await sandbox.Do("capture", id), StringComparison.Ordinal);
    }

    private static async Task<string> Start(Sandbox sandbox)
    {
        var id = await sandbox.Detached("screen", Program);
        await sandbox.UntilShows(id, "wide");
        return id;
    }
}
