namespace Tether.EndToEnd.Tests.Viewers;

public sealed class ObserverTests
{
    [EndToEndFact]
    public async Task What_an_observer_types_never_arrives()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("watched", "sh", "-c", "stty raw -echo; printf ready; cat -v");
        var observer = sandbox.Open("attach", id, "--observe");
        await observer.UntilShows("ready");
        observer.Type("intruder\x3\x4\x1c\r");
        // The controller's key comes later, so whatever the observer typed would have come before it.
        await sandbox.Do("keys", id, "z");
        await observer.UntilShows("readyz");
        Assert.Equal("readyz", (await JournalBytes.Read(sandbox, id)).Text);
    }

    [EndToEndFact]
    public async Task An_observer_never_resizes_at_attach_or_later()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("fixed", 80, 24, "sh", "-c", "echo ready; cat");
        var observer = sandbox.Open(120, 50, "attach", id, "--observe");
        await observer.UntilShows("ready");
        observer.Resize(40, 10);
        observer.Resize(200, 60);
        await sandbox.Do("input", id, "still here");
        await observer.UntilShows("still here");
        var journal = await JournalBytes.Read(sandbox, id);
        Assert.All(journal.Sizes, size => Assert.Equal((80, 24), (size.Columns, size.Rows)));
        var session = await sandbox.Session(id);
        Assert.Equal((80, 24), (session["columns"]!.GetValue<int>(), session["rows"]!.GetValue<int>()));
    }

    [EndToEndFact]
    public async Task A_smaller_observer_sees_a_part_and_a_mark_of_how_much()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("large", 160, 48, "sh", "-c", "printf 'top left'; printf '\\033[48;140Hbottom right'; printf '\\033[1;20H'; cat");
        await sandbox.UntilShows(id, "bottom right");
        var observer = sandbox.Open(80, 24, "attach", id, "--observe");
        await observer.Until(screen => screen.Shows("80×24 of 160×48"), "the mark");
        await observer.UntilShows("top left");
        Assert.False(observer.Screen.Shows("bottom right"));
    }

    [EndToEndFact]
    public async Task A_larger_observer_sees_it_all()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("small", 40, 10, "sh", "-c", "printf 'top left'; printf '\\033[10;25Hbottom right'; cat");
        await sandbox.UntilShows(id, "bottom right");
        var observer = sandbox.Open(80, 24, "attach", id, "--observe");
        await observer.Until(screen => screen.Shows("top left") && screen.Shows("bottom right"), "the whole screen");
    }

    [EndToEndFact]
    public async Task The_messages_of_an_observing_channel_that_types_or_resizes_are_refused_and_nothing_happens()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("guarded", "sh", "-c", "stty raw -echo; printf ready; cat -v");
        await using var peer = await Peer.WebSocket(sandbox);
        var channel = (await peer.Attach(id, "observe", 80, 24))["channel"]!.GetValue<int>();
        await peer.Type(channel, "intruder");
        await peer.Ask("resize", new() { ["channel"] = channel, ["columns"] = 33, ["rows"] = 11 });
        await sandbox.Do("keys", id, "z");
        await peer.Watch(channel, 80, 24, screen => screen.Shows("readyz"), "readyz");
        var session = await sandbox.Session(id);
        Assert.Equal((80, 24), (session["columns"]!.GetValue<int>(), session["rows"]!.GetValue<int>()));
    }
}
