using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>A person comes back: what happened meanwhile, and where it begins.</summary>
public sealed class ReturningTests
{
    // A shell as its integration scripts make it: marks for prompts, for a command's output and for its end. The prompt counts the commands.
    private const string Marking = """
        PS1='\[\e]133;A\e\\\]\#> \[\e]133;B\e\\\]'
        PS0='\e]133;C\e\\'
        PROMPT_COMMAND='printf "\e]133;D;%s\e\\" $?'
        HISTFILE=
        bind 'set enable-bracketed-paste off'
        """;

    [EndToEndTheory("bash", "git")]
    [InlineData(1)]
    [InlineData(2)]
    public async Task It_is_told_what_was_printed_ran_failed_and_changed(int place)
    {
        await using var sandbox = new Sandbox();
        if (place == 2)
        {
            await sandbox.Detached("other", "sh", "-c", "echo hello; exec cat");
        }

        var repository = Directory.CreateDirectory(Path.Combine(sandbox.WorkingDirectory, "repository")).FullName;
        await File.WriteAllTextAsync(Path.Combine(repository, "before"), "");
        var rc = sandbox.Write("work/marking", Marking);
        var id = (await sandbox.Do("run", "any", "-d", "--title", "shell", "--cwd", repository, "--", "bash", "-c", $"git init -q && exec bash --rcfile '{rc}' -i")).Split([' ', '\n'])[0];
        await sandbox.UntilShows(id, "^1>");
        await LookAt(sandbox, "shell", place);
        string[] commands = ["touch one", "touch two", "seq 5", "(exit 4)", "true", "(exit 6)"];
        foreach (var (command, number) in commands.Select((command, i) => (command, i + 2)))
        {
            await sandbox.Do("input", id, command);
            await sandbox.UntilShows(id, $"^{number}>");
        }

        // An empty line is no command.
        await sandbox.Do("keys", id, "enter");
        await sandbox.Do("input", id, "seq 1000 1000");
        await sandbox.UntilShows(id, "^8>");

        var window = await Window.Open(sandbox, Judge.Emulator, 160, 40);
        await window.Until(picture => picture.Box("shell") is not null, "the tile");
        await window.Type($"{place}");
        await window.Until(
            screen => screen.Box("shell") is { Foot: var foot } && foot.Contains("14 lines, 5 commands ok, 2 failed (last exit 6), 2 files changed", StringComparison.Ordinal),
            "what happened since");
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task In_the_history_b_jumps_to_the_first_line_that_is_new(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("printer", "sh", "-c", "stty -echo; seq -f 'old %g' 300; read x; seq -f 'new %g' 300; exec cat");
        await sandbox.UntilShows(id, "old 300");
        await LookAt(sandbox, "printer", 1);
        await sandbox.Do("input", id, "go");
        await sandbox.UntilShows(id, "new 300");

        var window = await Window.Open(sandbox, judge);
        await window.UntilTile("printer", "new 300");
        await window.Until(picture => picture.Box("printer")!.Foot.Contains("300 lines", StringComparison.Ordinal), "how much was printed");
        await window.Press(Key.PageUp);
        await window.Until(picture => picture.Bottom.Contains("HISTORY", StringComparison.Ordinal), "the history");
        await window.Type("b");
        var picture = await window.Until(screen => screen.Box("printer")?.Content[0] == "new 1", "the first of the new lines at the top");
        Assert.Contains("you looked", picture.Bottom, StringComparison.Ordinal);
        Assert.DoesNotContain("new 300", picture.Box("printer")!.Content);
    }

    [EndToEndFact]
    public async Task A_session_that_was_left_for_another_tells_what_it_did_meanwhile()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("printer", "sh", "-c", "stty -echo; seq -f 'old %g' 300; read x; seq -f 'new %g' 300; exec cat");
        await sandbox.Detached("other", "cat");
        var window = await Window.Open(sandbox, Judge.Emulator, 160, 40);
        await window.UntilTile("printer", "old 300");
        await TypeAndLeave(window, "printer");
        await window.Type("2");
        await window.UntilFocused("other");
        await sandbox.Do("input", id, "go");
        await window.UntilTile("printer", "new 300");
        await window.Type("1");
        await window.UntilFocused("printer");
        await window.Press(Key.PageUp);
        await window.Until(picture => picture.Bottom.Contains("HISTORY", StringComparison.Ordinal), "the history");
        await window.Type("b");
        await window.Until(screen => screen.Box("printer")?.Content[0] == "new 1", "the first of the new lines at the top");
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task What_ended_before_is_out_of_sight_until_e_and_shows_its_last_screen(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var printed = await sandbox.Detached("printed", "sh", "-c", "echo last words; exit 3");
        var silent = await sandbox.Detached("silent", "true");
        await sandbox.UntilExit(printed);
        await sandbox.UntilExit(silent);

        // As news the first time.
        var first = await Window.Open(sandbox, Judge.Emulator, 160, 40);
        var picture = await first.UntilTile("printed", "last words");
        Assert.True(picture.Shows("failed: exit 3") && picture.Box("silent") is { Text: [] or [_] }, picture.ToString());
        await first.Type("q");
        Assert.Equal(0, await first.Exited());

        var window = await Window.Open(sandbox, judge, 160, 40);
        await window.UntilShows("No session runs.");
        Assert.True((await window.Look()).Shows("e  shows the 2 that ended before"));
        await window.Type("e");
        picture = await window.UntilTile("printed", "last words");
        Assert.NotNull(picture.Box("silent"));
        Assert.True(picture.ListRow("silent") > picture.ListRow("printed") && picture.ListRow("printed") > 0, picture.ToString());
        await window.Type("e");
        await window.UntilShows("No session runs.");
    }

    private static async Task LookAt(Sandbox sandbox, string title, int place)
    {
        var window = await Window.Open(sandbox, Judge.Emulator, 160, 40);
        await window.Until(picture => picture.Box(title) is { Text.Length: > 0 }, "the tile");
        await window.Type($"{place}");
        await TypeAndLeave(window, title);
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
    }

    private static async Task TypeAndLeave(Window window, string title)
    {
        await window.UntilFocused(title);
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive(title), "typing");
        await window.PressChord();
        await window.Until(picture => picture.IsFocused(title), "the end of typing");
    }
}
