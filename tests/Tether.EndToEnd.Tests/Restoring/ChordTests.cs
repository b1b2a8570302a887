namespace Tether.EndToEnd.Tests.Restoring;

public sealed class ChordTests
{
    // Shows every byte that arrives, and asked for bracketed paste.
    private static readonly string[] Program = ["sh", "-c", "stty raw -echo; printf '\\033[?2004hready '; cat -v"];

    [EndToEndFact]
    public async Task The_chord_twice_sends_it_once()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open(["run", "any", "--", .. Program]);
        await terminal.UntilShows("ready");
        terminal.Type(Keys.Chord + Keys.Chord + "!");
        await terminal.Until(screen => screen.Lines.Contains("ready ^]!"), "one Ctrl-]");
    }

    [EndToEndFact]
    public async Task Inside_a_paste_it_is_text_like_any_other()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open(["run", "any", "--", .. Program]);
        await terminal.UntilShows("ready");
        terminal.Paste($"a{Keys.Detach}b");
        await terminal.UntilShows("ready ^[[200~a^]db^[[201~");
        Assert.False(terminal.Exited.IsCompleted);
        terminal.Type(Keys.Detach);
        Assert.Equal(0, await terminal.Exited);
    }

    [EndToEndFact]
    public async Task Inside_a_paste_whose_marks_are_split_it_is_text_too()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open(["run", "any", "--", .. Program]);
        await terminal.UntilShows("ready");
        // Each piece is typed when the one before it has been seen, so that each comes in a read of its own.
        terminal.Type("1\e[20");
        await terminal.UntilShows("ready 1");
        terminal.Type("0~x");
        await terminal.UntilShows("x");
        terminal.Type(Keys.Detach);
        await terminal.UntilShows("^]d");
        terminal.Type("\e[201~done");
        await terminal.UntilShows("done");
        terminal.Type(Keys.Detach);
        Assert.Equal(0, await terminal.Exited);
    }

    [EndToEndFact]
    public async Task The_bytes_around_it_arrive_in_order()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open(["run", "any", "--title", "around", "--", .. Program]);
        await terminal.UntilShows("ready");
        terminal.Type("before" + Keys.Detach);
        Assert.Equal(0, await terminal.Exited);
        await sandbox.UntilShows("around", "before");
        Assert.EndsWith("ready before", (await JournalBytes.Read(sandbox, "around")).Text, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task Another_chord_can_be_configured()
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TETHER_ESCAPE", "ctrl-b");
        var terminal = sandbox.Open(["run", "any", "--", .. Program]);
        await terminal.UntilShows("ready");
        terminal.Type(Keys.Detach);
        await terminal.UntilShows("ready ^]d");
        terminal.Type("\x2" + "d");
        Assert.Equal(0, await terminal.Exited);
    }

    [EndToEndFact]
    public async Task It_can_be_switched_off()
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TETHER_ESCAPE", "none");
        var terminal = sandbox.Open(["run", "any", "--", .. Program]);
        await terminal.UntilShows("ready");
        terminal.Type(Keys.Detach + Keys.Chord);
        await terminal.UntilShows("ready ^]d^]");
    }

    [EndToEndFact]
    public async Task What_is_no_chord_changes_nothing_and_is_reported_with_its_line()
    {
        await using var sandbox = new Sandbox();
        sandbox.WriteConfig("TETHER_ESCAPE=ctrl-1\n");
        var terminal = sandbox.Open(["run", "any", "--", .. Program]);
        await terminal.UntilShows("ready");
        terminal.Type(Keys.Detach);
        Assert.Equal(0, await terminal.Exited);
        Assert.Contains("config.env:1: TETHER_ESCAPE=ctrl-1 is not allowed", await sandbox.Do("status"), StringComparison.Ordinal);
        Assert.Contains("config.env:1: TETHER_ESCAPE=ctrl-1 is not allowed", (await sandbox.Run("debug")).Output, StringComparison.Ordinal);
    }
}
