using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Viewers;

/// <summary>A client that shows many sessions gets of each flood a few screens a second, and ends on the right one.</summary>
public sealed class PacedViewerTests
{
    private const int Lines = 300_000;

    private static string LastLine => $"{Lines - 1:D9}";

    [EndToEndTheory("awk")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_flood_comes_as_screens_and_ends_on_the_right_one(bool isWebSocket)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("flood", ["sh", "-c", "echo ready; read go; \"$@\" </dev/null; read x", "sh", .. CounterProgram.Lines(Lines)]);
        await using var peer = isWebSocket ? await Peer.WebSocket(sandbox) : await Peer.Local(sandbox);
        var channel = await Attach(peer, id, 200);
        await peer.Watch(channel, 80, 24, screen => screen.Shows("ready"), "the program");
        await sandbox.Do("input", id, "go");
        var screen = await peer.Watch(channel, 80, 24, screen => screen.Shows(LastLine), "the last line", Patience.Ample);

        Assert.Equal(Enumerable.Range(Lines - 23, 23).Select(line => $"{line:D9} {(long)line * 40503 % 65536:D5}"), screen.Lines[..23]);
        var bytes = peer.Arrivals.Sum(arrival => arrival.Frame?.Payload.Length ?? 0);
        Assert.True(bytes < Lines * 16 / 4, $"{bytes} of {Lines * 16} bytes came");
    }

    [EndToEndFact("awk")]
    public async Task Many_who_look_on_all_end_on_the_right_screen_without_asking_for_a_pace()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("flood", ["sh", "-c", "echo ready; read go; \"$@\" </dev/null; read x", "sh", .. CounterProgram.Lines(Lines)]);
        Peer[] peers = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 2 == 0 ? Peer.WebSocket(sandbox) : Peer.Local(sandbox)))];
        try
        {
            int[] channels = [.. await Task.WhenAll(peers.Select(peer => Attach(peer, id, 0)))];
            await Task.WhenAll(peers.Zip(channels, (peer, channel) => peer.Watch(channel, 80, 24, screen => screen.Shows("ready"), "the program")));
            await sandbox.Do("input", id, "go");
            var screens = await Task.WhenAll(peers.Zip(channels, (peer, channel) => peer.Watch(channel, 80, 24, screen => screen.Shows(LastLine), "the last line", Patience.Ample)));

            var last = Enumerable.Range(Lines - 23, 23).Select(line => $"{line:D9} {(long)line * 40503 % 65536:D5}").ToArray();
            Assert.All(screens, screen => Assert.Equal(last, screen.Lines[..23]));
            Assert.All(peers, peer => Assert.InRange(peer.Arrivals.Sum(arrival => arrival.Frame?.Payload.Length ?? 0), 0, Lines * 16 / 4));
        }
        finally
        {
            await Task.WhenAll(peers.Select(peer => peer.DisposeAsync().AsTask()));
        }
    }

    [EndToEndFact]
    public async Task A_held_channel_is_silent_until_it_is_redrawn_or_goes_on()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("counting", "sh", "-c", "seq 100; while read word; do echo \"got $word\"; done");
        await using var peer = await Peer.Local(sandbox);
        var channel = await Attach(peer, id, 100);
        await peer.Watch(channel, 80, 24, screen => screen.Shows("100"), "the numbers");
        await peer.Ask("pace", new JsonObject { ["channel"] = channel, ["milliseconds"] = -1 }, "ok");
        await peer.Ask("redraw", new JsonObject { ["channel"] = channel, ["scrollback"] = 50 }, "ok");
        var redrawn = await peer.Next(arrival => arrival.Frame is not null, "a snapshot");
        Assert.Equal(Frame.Snapshot, redrawn.Frame!.Kind);
        Assert.Contains("\n50", System.Text.Encoding.UTF8.GetString(redrawn.Frame.Payload), StringComparison.Ordinal);

        var before = peer.Arrivals.Count;
        await sandbox.Do("input", id, "one");
        await sandbox.UntilShows(id, "got one");
        Assert.Equal(before, peer.Arrivals.Count);

        await peer.Ask("pace", new JsonObject { ["channel"] = channel, ["milliseconds"] = 100 }, "ok");
        var next = await peer.Next(arrival => arrival.Frame is not null, "a snapshot");
        Assert.Equal(Frame.Snapshot, next.Frame!.Kind);
        Assert.Contains("got one", System.Text.Encoding.UTF8.GetString(next.Frame.Payload), StringComparison.Ordinal);
    }

    private static async Task<int> Attach(Peer peer, string id, int pace)
    {
        var attached = await peer.Ask(
            "attach",
            new JsonObject { ["session"] = id, ["mode"] = "observe", ["columns"] = 80, ["rows"] = 24, ["pace"] = pace },
            "attached");
        return attached["channel"]!.GetValue<int>();
    }
}
