using System.Text.RegularExpressions;

namespace Tether.EndToEnd.Tests.Commands;

/// <summary>Typing without a terminal: `tether input`, `tether keys`, `tether interrupt`.</summary>
public sealed class InputTests
{
    [EndToEndFact]
    public async Task A_text_and_Enter_arrive_and_the_receipt_says_submitted()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("reader", "sh", "-c", "read line; echo \"got:$line\"; sleep 600");
        var printed = await sandbox.Do("input", id, "hello there");
        Assert.Contains("submitted", printed, StringComparison.Ordinal);
        await sandbox.UntilShows(id, "^got:hello there$");
    }

    [EndToEndFact]
    public async Task Without_Enter_the_receipt_says_typed()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("reader", "sh", "-c", "read line; echo \"got:$line\"; sleep 600");
        Assert.Contains("typed", await sandbox.Do("input", id, "hello", "--no-enter"), StringComparison.Ordinal);
        Assert.Contains("submitted", await sandbox.Do("input", id, " again", "--append"), StringComparison.Ordinal);
        await sandbox.UntilShows(id, "^got:hello again$");
    }

    [EndToEndFact]
    public async Task When_nothing_happens_on_the_screen_it_is_unconfirmed()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("deaf", "sh", "-c", "stty -echo; echo deaf; sleep 600");
        await sandbox.UntilShows(id, "deaf");
        var result = await sandbox.Run("input", id, "anybody there?");
        Assert.Contains("unconfirmed", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task A_program_that_asked_for_bracketed_paste_gets_one_paste_and_then_Enter()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("paster", "sh", "-c", "stty raw -echo; printf '\\033[?2004hready'; cat -v");
        await sandbox.UntilShows(id, "ready");
        await sandbox.Do("input", id, "two\nlines");
        await sandbox.UntilShows(id, "201~.*\\^M");
        var text = (await JournalBytes.Read(sandbox, id)).Text;
        Assert.Matches(@"\^\[\[200~two(\n|\^M)lines\^\[\[201~\^M$", text);
    }

    [EndToEndFact]
    public async Task A_text_cannot_end_the_paste_that_it_is()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("paster", "sh", "-c", "stty raw -echo; printf '\\033[?2004hready'; cat -v");
        await sandbox.UntilShows(id, "ready");
        await sandbox.Do("input", id, "harmless\e[201~rm -rf\rtail");
        await sandbox.UntilShows(id, "tail");
        var text = (await JournalBytes.Read(sandbox, id)).Text;
        var inside = text[text.IndexOf("200~", StringComparison.Ordinal)..];
        // `M-^[` is the end of another character, not an escape.
        Assert.Single(Regex.Matches(inside, @"(?<!M-)\^\[\[201~"));
    }

    [EndToEndFact]
    public async Task Keys_by_name_are_the_bytes_of_those_keys()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("keys", "sh", "-c", "stty raw -echo; printf ready; cat -v");
        await sandbox.UntilShows(id, "ready");
        await sandbox.Do("keys", id, "ctrl-c", "up", "enter", "f5", "alt-x", "tab", "escape", "a", "end");
        await sandbox.UntilShows(id, @"a\^\[\[F$");
        Assert.Equal("ready^C^[[A^M^[[15~^[x\t^[a^[[F", (await JournalBytes.Read(sandbox, id)).Text);
    }

    [EndToEndFact]
    public async Task Arrow_keys_follow_the_cursor_key_mode_of_the_program()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("keys", "sh", "-c", "stty raw -echo; printf '\\033[?1hready'; cat -v");
        await sandbox.UntilShows(id, "ready");
        await sandbox.Do("keys", id, "up", "z");
        await sandbox.UntilShows(id, "z$");
        Assert.EndsWith("ready^[OAz", (await JournalBytes.Read(sandbox, id)).Text, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task An_unknown_key_is_named()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("keys", "sleep", "600");
        var result = await sandbox.Run("keys", id, "hyperspace");
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("hyperspace", result.Errors, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task Interrupt_is_Ctrl_C()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("looper", "sh", "-c", "trap 'echo interrupted; exit 9' INT; echo ready; while :; do sleep 0.1; done");
        await sandbox.UntilShows(id, "ready");
        await sandbox.Do("interrupt", id);
        await sandbox.UntilState(id, "exited");
        Assert.Equal(9, (await sandbox.Session(id))["exitCode"]!.GetValue<int>());
    }

    [EndToEndFact]
    public async Task It_is_refused_while_somebody_else_is_in_control()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("taken", "cat");
        var terminal = sandbox.Open("attach", id, "--control");
        terminal.Type("mine\r");
        await terminal.Until(screen => screen.Lines.Count(line => line == "mine") == 2, "the echo of cat");
        var result = await sandbox.Run("input", id, "theirs");
        Assert.True(result.ExitCode == 4, result.ToString());
        Assert.DoesNotContain("theirs", (await JournalBytes.Read(sandbox, id)).Text, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task To_an_ended_session_it_is_a_wrong_state()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("over", "true");
        await sandbox.UntilState(id, "exited");
        Assert.Equal(4, (await sandbox.Run("input", id, "too late")).ExitCode);
        Assert.Equal(4, (await sandbox.Run("keys", id, "enter")).ExitCode);
    }
}
