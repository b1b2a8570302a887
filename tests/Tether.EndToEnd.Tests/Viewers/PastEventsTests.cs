using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Viewers;

/// <summary>A client that comes later learns what it missed.</summary>
public sealed class PastEventsTests
{
    [EndToEndFact]
    public async Task Bells_notifications_and_exits_are_told_to_who_comes_later_also_by_the_next_daemon()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("ringing", "sh", "-c", "printf '\\a\\033]9;look here\\a'; exit 3");
        var other = await sandbox.Detached("other", "sleep", "600");
        await sandbox.UntilState(id, "exited");
        await sandbox.Do("restart");
        await using var peer = await Peer.Local(sandbox);

        var all = await Events(peer, []);
        Assert.Contains((id, "bell", ""), all);
        Assert.Contains((id, "notification", "look here"), all);
        Assert.Contains((id, "exited", "code 3"), all);
        Assert.Contains(all, happened => happened.Session == other && happened.Kind == "created");
        Assert.DoesNotContain(await Events(peer, new JsonObject { ["session"] = "ringing" }), happened => happened.Session == other);
        Assert.Equal(all[^2..], await Events(peer, new JsonObject { ["limit"] = 2 }));
        Assert.NotNull((await sandbox.Session(id))["bellAt"]);
    }

    [EndToEndFact]
    public async Task An_event_that_was_heard_is_the_first_of_those_since_its_time()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("renamed", "sleep", "600");
        await using var peer = await Peer.Local(sandbox);
        await peer.Ask("subscribe", [], "ok");
        await sandbox.Do("rename", id, "heard");
        var heard = await peer.NextMessage("event", message => message["kind"]!.GetValue<string>() == "renamed");
        await sandbox.Do("tag", id, "later");

        var since = await Events(peer, new JsonObject { ["since"] = heard["at"]!.DeepClone() });
        Assert.Equal([(id, "renamed", "heard"), (id, "tagged", "later")], since);
    }

    [EndToEndFact]
    public async Task A_limit_out_of_range_is_refused()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Do("start");
        await using var peer = await Peer.Local(sandbox);
        foreach (var limit in new[] { 0, -1, 1001 })
        {
            var reply = await peer.Ask("events", new JsonObject { ["limit"] = limit }, "error");
            Assert.Equal("bad-request", reply["code"]!.GetValue<string>());
        }
    }

    private static async Task<List<(string Session, string Kind, string Text)>> Events(Peer peer, JsonObject members)
    {
        var list = await peer.Ask("events", members, "events-list");
        return [.. list["events"]!.AsArray().Select(happened =>
            (happened!["session"]!.GetValue<string>(), happened["kind"]!.GetValue<string>(), happened["text"]!.GetValue<string>()))];
    }
}
