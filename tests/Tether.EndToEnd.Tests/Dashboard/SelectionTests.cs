using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>What is selected with the keyboard or the mouse is copied, to the letter.</summary>
public sealed class SelectionTests
{
    private static readonly string Long = string.Concat(Enumerable.Range(0, 30).Select(number => $"{number:000}-"));

    private static readonly string[] Program = ["sh", "-c", $"echo first line; echo 'wide \u6f22\u5b57 text /usr/share/doc:7 end'; echo {Long}; echo last line; stty -echo; exec cat"];

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task By_keys_from_a_match_on_over_wide_characters_and_wrapped_lines(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var window = await OpenPrinter(sandbox, judge);
        await GoTo(window, "\u6f22");
        await window.Type("vly");
        await window.UntilCopied("\u6f22\u5b57");
        await window.Type("v$y");
        await window.UntilCopied("\u6f22\u5b57 text /usr/share/doc:7 end");
        await window.Type("v0y");
        await window.UntilCopied("wide \u6f22");
        await window.Type("vjjj$y");
        await window.UntilCopied($"\u6f22\u5b57 text /usr/share/doc:7 end\n{Long}\nlast line");
    }

    [EndToEndFact]
    public async Task By_keys_that_were_typed_before_the_history_was_there()
    {
        await using var sandbox = new Sandbox();
        var window = await OpenPrinter(sandbox, Judge.Emulator);
        await window.Type("/wide\rv$y");
        await window.UntilCopied("wide \u6f22\u5b57 text /usr/share/doc:7 end");
    }

    [EndToEndFact]
    public async Task By_keys_backwards_and_given_up()
    {
        await using var sandbox = new Sandbox();
        var window = await OpenPrinter(sandbox, Judge.Emulator);
        await GoTo(window, "text");
        await window.Type("vhhy");
        await window.UntilCopied("\u5b57 t");
        await window.Type("v");
        await window.Press(Key.Right);
        await window.Press(Key.Escape);
        await window.Until(picture => picture.Bottom.Contains("HISTORY", StringComparison.Ordinal), "the history without a selection");
        await window.Press(Key.Escape);
        await window.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the dashboard's keys");
        await window.UntilCopied("\u5b57 t");
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task By_dragging_the_mouse_and_the_tile_stands_still_until_then(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var window = await OpenPrinter(sandbox, judge);
        var tile = (await window.Look()).Box("printer")!;
        var (row, column) = (tile.Row + 1, tile.Column + 1);
        await window.Type(Mouse.Press(0, row + 1, column + 5));
        await window.Type(Mouse.Drag(row + 1, column + 8));
        await sandbox.Do("input", "printer", "\e[2J\e[Hgone");
        await sandbox.UntilShows("printer", "^gone");
        await window.Type(Mouse.Drag(row + 1, column + 13) + Mouse.Release(row + 1, column + 13));
        await window.UntilCopied("\u6f22\u5b57 text");
        await window.UntilTile("printer", "gone");
    }

    [EndToEndFact]
    public async Task By_dragging_from_and_to_the_second_half_of_a_wide_character()
    {
        await using var sandbox = new Sandbox();
        var window = await OpenPrinter(sandbox, Judge.Emulator);
        var tile = (await window.Look()).Box("printer")!;
        var (row, column) = (tile.Row + 1, tile.Column + 1);
        await window.Type(Mouse.Press(0, row + 1, column + 8) + Mouse.Drag(row + 1, column + 6) + Mouse.Release(row + 1, column + 6));
        await window.UntilCopied("\u6f22\u5b57");
    }

    [EndToEndFact]
    public async Task Two_clicks_take_a_word_and_three_a_line_however_often_it_is_wrapped()
    {
        await using var sandbox = new Sandbox();
        var window = await OpenPrinter(sandbox, Judge.Emulator);
        var tile = (await window.Look()).Box("printer")!;
        var (row, column) = (tile.Row + 1, tile.Column + 1);
        await window.Type(Mouse.Click(row + 1, column + 20) + Mouse.Click(row + 1, column + 20));
        await window.UntilCopied("/usr/share/doc:7");
        await window.Type(Mouse.Click(row + 3, column + 2) + Mouse.Click(row + 3, column + 2) + Mouse.Click(row + 3, column + 2));
        await window.UntilCopied(Long);
    }

    [EndToEndFact]
    public async Task What_was_attempted_is_told()
    {
        await using var sandbox = new Sandbox();
        var window = await OpenPrinter(sandbox, Judge.Emulator);
        await window.Type("y");
        await window.UntilShows("OSC 52");
        await window.UntilCopied($"first line\nwide \u6f22\u5b57 text /usr/share/doc:7 end\n{Long}\nlast line");
    }

    private static async Task GoTo(Window window, string text)
    {
        await window.Type("/");
        await window.Until(picture => picture.Bottom.StartsWith(" / ", StringComparison.Ordinal), "the search");
        await window.Type(text);
        await window.Until(picture => picture.Bottom.Contains(text, StringComparison.Ordinal), "what is searched for");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.Bottom.Contains("HISTORY", StringComparison.Ordinal), "the match");
    }

    private static async Task<Window> OpenPrinter(Sandbox sandbox, Judge judge)
    {
        await sandbox.Detached("printer", Program);
        var window = await Window.Open(sandbox, judge);
        await window.UntilTile("printer", "last line");
        return window;
    }
}
