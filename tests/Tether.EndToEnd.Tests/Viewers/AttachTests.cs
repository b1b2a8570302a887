namespace Tether.EndToEnd.Tests.Viewers;

public sealed class AttachTests
{
    [EndToEndFact]
    public async Task Without_an_id_the_only_session_is_attached()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("only", "sh", "-c", "echo the only one; cat");
        await sandbox.Open("attach").UntilShows("the only one");
    }

    [EndToEndFact]
    public async Task Without_an_id_and_with_several_sessions_one_is_picked()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("apple", "sh", "-c", "echo screen of apple; cat");
        await sandbox.Detached("banana", "sh", "-c", "echo screen of banana; cat");
        var terminal = sandbox.Open("attach");
        await terminal.Until(screen => screen.Shows("apple") && screen.Shows("banana"), "both titles");
        terminal.Type("\r");
        await terminal.UntilShows("screen of ");
    }

    [EndToEndFact]
    public async Task Without_any_session_it_says_so()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("attach");
        Assert.Equal(3, await terminal.Exited);
        Assert.NotEmpty(terminal.Screen.Text.Trim());
    }

    [EndToEndFact]
    public async Task Without_a_terminal_it_says_so()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("any", "cat");
        var result = await sandbox.Run("attach", id);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("terminal", result.Errors, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task The_screen_comes_first_with_its_colours_and_then_what_is_printed()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("painted", "sh", "-c", "printf '\\033[2J\\033[5;10H\\033[44;97mblue box\\033[0m\\033[10;1H'; read x; echo then this; cat");
        await sandbox.UntilShows(id, "blue box");
        var terminal = sandbox.Open("attach", id);
        var screen = await terminal.UntilShows("blue box");
        Assert.Equal("         blue box", screen.Lines[4]);
        Assert.Matches("\e\\[[0-9;]*44[0-9;]*mblue box", screen.Ansi);
        terminal.Type("\r");
        await terminal.UntilShows("then this");
    }

    [EndToEndFact]
    public async Task Scrollback_goes_to_the_terminals_own()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("long", "sh", "-c", "seq 1 200; cat");
        await sandbox.UntilShows(id, "^200$");
        var terminal = sandbox.Open("attach", id);
        await terminal.Until(screen => screen.Lines.Contains("200"), "the last line");
        Assert.Contains("150", terminal.Scrollback);
    }

    [EndToEndFact]
    public async Task The_session_goes_on_after_detaching_and_attaching_again()
    {
        await using var sandbox = new Sandbox();
        var first = sandbox.Open("run", "any", "--title", "goes-on", "--", "cat");
        first.Type("before\r");
        await first.Until(screen => screen.Lines.Count(line => line == "before") == 2, "the echo of cat");
        first.Type(Keys.Detach);
        Assert.Equal(0, await first.Exited);
        var second = sandbox.Open("attach", "goes-on");
        await second.Until(screen => screen.Lines.Count(line => line == "before") == 2, "the same screen");
        second.Type("after\r");
        await second.Until(screen => screen.Lines.Count(line => line == "after") == 2, "the echo of cat");
    }

    [EndToEndFact]
    public async Task The_next_and_the_previous_session_are_two_keys_away()
    {
        await using var sandbox = new Sandbox();
        var first = await sandbox.Detached("one", "sh", "-c", "echo this is one; cat");
        await sandbox.Detached("two", "sh", "-c", "echo this is two; cat");
        var terminal = sandbox.Open("attach", first);
        await terminal.UntilShows("this is one");
        terminal.Type(Keys.Next);
        await terminal.Until(screen => screen.Shows("this is two") && !screen.Shows("this is one"), "the second session alone");
        terminal.Type(Keys.Previous);
        await terminal.Until(screen => screen.Shows("this is one") && !screen.Shows("this is two"), "the first session alone");
    }

    [EndToEndFact]
    public async Task Redraw_mends_a_screen_that_something_else_wrote_over()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("drawn", "sh", "-c", "printf '\\033[2J\\033[3;1Hsteady text\\n'; cat");
        var terminal = sandbox.Open("attach", id);
        await terminal.UntilShows("steady text");
        terminal.Vandalise("\e[3;1Hgraffiti!!!");
        Assert.True(terminal.Screen.Shows("graffiti"));
        terminal.Type(Keys.Redraw);
        await terminal.Until(screen => screen.Shows("steady text") && !screen.Shows("graffiti"), "the right screen");
    }

    [EndToEndFact]
    public async Task Help_explains_the_keys_and_goes_away()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("helped", "sh", "-c", "echo underneath; cat");
        var terminal = sandbox.Open("attach", id);
        await terminal.UntilShows("underneath");
        terminal.Type(Keys.Help);
        await terminal.UntilShows("etach");
        terminal.Type("q");
        await terminal.Until(screen => screen.Shows("underneath") && !screen.Shows("etach"), "the session alone");
    }

    [EndToEndFact]
    public async Task A_larger_or_smaller_terminal_gives_the_session_its_size()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("sized", "bash", "-c", "trap 'stty size' WINCH; echo ready; while :; do read -r -t 0.1; done");
        await sandbox.UntilShows(id, "ready");
        var terminal = sandbox.Open(100, 40, "attach", id);
        await terminal.UntilShows("40 100");
        terminal.Resize(60, 15);
        await terminal.UntilShows("15 60");
    }

    [EndToEndFact]
    public async Task Two_attached_terminals_see_the_same()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("shared", "cat");
        var first = sandbox.Open("attach", id, "--control");
        var second = sandbox.Open("attach", id, "--observe");
        first.Type("for both\r");
        await first.Until(screen => screen.Lines.Count(line => line == "for both") == 2, "the echo of cat");
        await second.Until(screen => screen.Lines.Count(line => line == "for both") == 2, "the same");
    }
}
