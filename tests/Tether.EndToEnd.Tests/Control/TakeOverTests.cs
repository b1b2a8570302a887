using System.Text;

namespace Tether.EndToEnd.Tests.Control;

public sealed class TakeOverTests
{
    [EndToEndFact]
    public async Task The_one_who_loses_control_is_told_and_observes()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("contested", "cat");
        var loser = sandbox.Open("attach", id, "--control");
        loser.Type("mine\r");
        await loser.Until(screen => screen.Lines.Count(line => line == "mine") == 2, "the echo of cat");

        var winner = sandbox.Open("attach", id, "--control", "--take");
        await winner.UntilShows("mine");
        winner.Type("now ours\r");
        await winner.Until(screen => screen.Lines.Count(line => line == "now ours") == 2, "the echo of cat");

        // The word about it is on the terminal for a moment only.
        await Patience.Until(() => Encoding.UTF8.GetString(loser.Captured).Contains("took control", StringComparison.Ordinal), "a word about the loss");

        loser.Type("lost words\r");
        winner.Type("last word\r");
        await winner.Until(screen => screen.Lines.Count(line => line == "last word") == 2, "the echo of cat");
        await loser.UntilShows("last word");
        Assert.DoesNotContain("lost words", (await JournalBytes.Read(sandbox, id)).Text, StringComparison.Ordinal);
        var modes = (await sandbox.Clients(id)).Select(client => client!["mode"]!.GetValue<string>());
        Assert.Equal(["control", "observe"], modes.Order());
    }

    [EndToEndFact]
    public async Task Without_take_a_second_client_observes_and_waits()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("held", "cat");
        await using var first = await Peer.Local(sandbox);
        await first.Attach(id, "control");
        await using var second = await Peer.WebSocket(sandbox);
        var attached = await second.Attach(id, "control");
        Assert.Equal("observe", attached["mode"]!.GetValue<string>());
        var waiting = (await sandbox.Clients(id)).Select(client => client!["waitsForControl"]?.GetValue<bool>() ?? false);
        Assert.Equal([false, true], waiting);
    }

    [EndToEndFact]
    public async Task Two_clients_that_take_control_in_turn_never_type_into_each_other()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("tug", "sh", "-c", "stty raw -echo; printf ready; cat -v");
        await using var left = await Peer.Local(sandbox);
        await using var right = await Peer.WebSocket(sandbox);
        var (leftChannel, rightChannel) = (Channel(await left.Attach(id, "control", take: true)), Channel(await right.Attach(id, "observe")));
        for (var i = 0; i < 20; i++)
        {
            var (one, channel, other, otherChannel) = i % 2 == 0 ? (right, rightChannel, left, leftChannel) : (left, leftChannel, right, rightChannel);
            await one.Ask("take-control", new() { ["channel"] = channel });
            await other.NextMessage("control", message => message["mode"]!.GetValue<string>() == "observe");
            await other.Type(otherChannel, "NO");
            await one.Type(channel, $"<{i}>");

            // Two connections have no order between them: the next one takes control when this one has been heard.
            await sandbox.UntilShows(id, $"<{i}>$");
        }

        var all = "ready" + string.Concat(Enumerable.Range(0, 20).Select(i => $"<{i}>"));
        Assert.Equal(all, (await JournalBytes.Read(sandbox, id)).Text);

        static int Channel(System.Text.Json.Nodes.JsonObject attached) => attached["channel"]!.GetValue<int>();
    }

    [EndToEndFact]
    public async Task Taking_control_applies_the_takers_size()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("sized", 80, 24, "bash", "--norc");
        await using var first = await Peer.Local(sandbox);
        await first.Attach(id, "control", 80, 24);
        var taker = sandbox.Open(101, 31, "attach", id, "--control", "--take");
        taker.Type("stty size\r");
        await taker.UntilShows("31 101");
    }

    [EndToEndFact]
    public async Task Somebody_who_gives_control_up_can_take_it_again()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("yoyo", "cat");
        var terminal = sandbox.Open("attach", id, "--control");
        terminal.Type("one\r");
        await terminal.Until(screen => screen.Lines.Count(line => line == "one") == 2, "the echo of cat");
        terminal.Type(Keys.Observe);
        await UntilController(sandbox, id, isControlled: false);
        terminal.Type("unheard\r");
        terminal.Type(Keys.TakeControl);
        await UntilController(sandbox, id, isControlled: true);
        terminal.Type("two\r");
        await terminal.Until(screen => screen.Lines.Count(line => line == "two") == 2, "the echo of cat");
        Assert.DoesNotContain("unheard", (await JournalBytes.Read(sandbox, id)).Text, StringComparison.Ordinal);
    }

    private static Task UntilController(Sandbox sandbox, string id, bool isControlled) =>
        Patience.Until(async () => (await sandbox.Session(id))["controller"] is null != isControlled, $"controlled: {isControlled}");
}
