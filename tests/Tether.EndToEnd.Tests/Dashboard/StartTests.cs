using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>`tether` without arguments: see, type into, leave, quit.</summary>
public sealed class StartTests
{
    [EndToEndTheory("bash")]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task Without_sessions_it_says_how_to_start_one_and_c_starts_it(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var window = await Window.Open(sandbox, judge);
        var empty = await window.UntilShows("No sessions yet.");
        Assert.True(empty.Shows("c  starts one here") && empty.Shows("`tether run codex`"), empty.ToString());
        await window.Type("c");
        await window.Until(picture => picture.ShowsIn("New session", "shell"), "the questions about a new session");
        await window.Press(Key.Enter);
        await window.UntilTile("shell", "ready>");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.Bottom.Contains("TYPE shell", StringComparison.Ordinal) && picture.IsLive("shell"), "the new session live");
        await window.Type("echo $((6*7))\r");
        await window.Until(picture => picture.Box("shell")!.Content.Contains("42"), "the sum");
    }

    [EndToEndFact("bash")]
    public async Task In_a_home_with_nothing_in_it_it_starts_and_makes_private_folders()
    {
        await using var sandbox = new Sandbox();
        sandbox.Unset("XDG_CONFIG_HOME");
        sandbox.Unset("XDG_DATA_HOME");
        var home = Path.Combine(sandbox.Directory, "fresh");
        Directory.CreateDirectory(home);
        sandbox.Set("HOME", home);
        var window = await Window.Open(sandbox, Judge.Emulator);
        var empty = await window.UntilShows("No sessions yet.");
        Assert.Contains("NAVIGATE", empty.Bottom, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot", empty.Bottom, StringComparison.Ordinal);
        await window.Type("c");
        await window.Until(picture => picture.ShowsIn("New session", "shell"), "the questions about a new session");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsFocused("shell") && picture.Box("shell")!.Text.Length > 0, "a shell");
        await window.Type("L");
        await window.UntilShows("layout:");
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var folder in (string[])[".local/share/tether", ".local/share/tether/dashboard", ".config/tether"])
        {
            Assert.Equal((folder, Owner), (folder, File.GetUnixFileMode(Path.Combine(home, folder))));
        }
    }

    [EndToEndFact("bash")]
    public async Task A_new_shell_gets_its_first_prompt_typed_once_it_is_there()
    {
        await using var sandbox = new Sandbox();
        var window = await Window.Open(sandbox, Judge.Emulator);
        await window.UntilShows("No sessions yet.");
        await window.Type("c");
        await window.Until(picture => picture.ShowsIn("New session", "shell"), "the questions about a new session");
        await window.Press(Key.Down);
        await window.Press(Key.Down);
        await window.Type("sums");
        await window.Press(Key.Down);
        await window.Type("echo $((6*7))");
        await window.UntilTile("New session", "echo $((6*7))");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.Box("sums") is { } tile && tile.Content.Contains("42") && tile.Content.Contains("ready> echo $((6*7))"), "the sum");
        await window.UntilShows("first prompt submitted");
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task Sessions_are_tiles_and_in_the_list_in_the_order_of_their_start(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("alpha", "sh", "-c", "echo hello from alpha; exec cat");
        await sandbox.Detached("beta", "sh", "-c", "echo hello from beta; exec cat");
        var window = await Window.Open(sandbox, judge);
        await window.UntilTile("alpha", "hello from alpha");
        var picture = await window.UntilTile("beta", "hello from beta");
        Assert.InRange(picture.ListRow("alpha"), 1, picture.ListRow("beta") - 1);
        Assert.True(picture.IsFocused("alpha"), picture.ToString());
        Assert.Equal(BoxKind.Plain, picture.Box("beta")!.Kind);
        Assert.Null(picture.Cursor);
        Assert.Contains("NAVIGATE", picture.Bottom, StringComparison.Ordinal);
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task Enter_types_into_the_session_and_the_chord_leaves_it(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("alpha", "cat");
        await sandbox.Detached("beta", "cat");
        var window = await Window.Open(sandbox, judge);
        await window.Until(picture => picture.Box("beta") is not null, "both tiles");
        await window.Press(Key.Tab);
        await window.UntilFocused("beta");
        await window.Press(Key.Enter);
        var typing = await window.Until(picture => picture.IsLive("beta") && picture.Bottom.Contains("TYPE beta", StringComparison.Ordinal), "typing");
        Assert.Contains("Ctrl-]", typing.Bottom, StringComparison.Ordinal);
        await window.Type("q is no command here\r");
        var typed = await window.Until(picture => picture.Box("beta")!.Content.Count(line => line == "q is no command here") == 2, "echo and answer of cat");
        var tile = typed.Box("beta")!;
        Assert.Equal((tile.Row + 3, tile.Column + 1), typed.Cursor);
        await window.PressChord();
        var left = await window.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the end of typing");
        Assert.Null(left.Cursor);
        await window.Type("k?");
        await window.UntilShows("Going from session to session");
    }

    [EndToEndFact]
    public async Task What_is_typed_behind_enter_before_control_is_here_is_not_lost()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("alpha", "sh", "-c", "stty raw -echo; printf ready; cat -v");
        var window = await Window.Open(sandbox, Judge.Emulator);
        await window.UntilTile("alpha", "ready");
        await window.Type("\rhello");
        await window.UntilTile("alpha", "readyhello");
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task Q_leaves_and_sessions_go_on(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("alpha", "cat");
        var window = await Window.Open(sandbox, judge);
        await window.Until(picture => picture.Box("alpha") is not null, "the tile");
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
        Assert.Equal("running", await sandbox.StateOf(id));
    }

    [EndToEndFact]
    public async Task Without_a_terminal_it_prints_what_can_be_done_and_starts_nothing()
    {
        await using var sandbox = new Sandbox();
        var result = await sandbox.Run();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("tether run codex", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output);
        Assert.Empty(sandbox.Processes);
    }

    [EndToEndFact]
    public async Task A_terminal_that_cannot_place_a_cursor_is_refused_with_what_to_use_instead()
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TERM", "dumb");
        var terminal = sandbox.Open(200, 24);
        Assert.Equal(2, await terminal.Exited);
        var screen = await terminal.UntilShows("TERM is dumb");
        Assert.True(screen.Shows("`tether ls`") && screen.Shows("`tether attach`"), screen.ToString());
        Assert.Equal(OuterModes.Fresh, screen.Modes);
        Assert.DoesNotContain((byte)'\e', terminal.Captured);
    }
}
