namespace Tether.EndToEnd.Tests.Control;

/// <summary>
/// Every way in which a controller can go away. Each time the client that waits is promoted, types, and the pty takes its size.
/// </summary>
public sealed class ReleaseTests
{
    [EndToEndFact]
    public Task By_detaching() => Promotes(async terminal =>
    {
        terminal.Type(Keys.Detach);
        Assert.Equal(0, await terminal.Exited);
    });

    [EndToEndFact]
    public Task By_going_down_to_observing() => Promotes(terminal =>
    {
        terminal.Type(Keys.Observe);
        return Task.CompletedTask;
    });

    [EndToEndFact]
    public Task By_a_client_that_is_told_to_end() => Promotes(async terminal =>
    {
        await terminal.Signal(Signals.Terminate);
        await terminal.Exited;
    });

    [EndToEndFact]
    public Task By_a_window_that_is_closed() => Promotes(async terminal => await terminal.DisposeAsync());

    [EndToEndFact]
    public Task By_a_client_that_is_killed() => Promotes(async terminal =>
    {
        await terminal.Signal(Signals.Kill);
        await terminal.Exited;
    });

    [EndToEndTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task By_a_connection_that_drops(bool isWebSocket)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("dropped", 80, 24, "bash", "--norc");
        var controller = isWebSocket ? await Peer.WebSocket(sandbox) : await Peer.Local(sandbox);
        await controller.Attach(id, "control", 90, 25);
        var waiting = sandbox.Open(101, 31, "attach", id);
        await sandbox.UntilClients(id, 2);
        await controller.DisposeAsync();
        await IsInControl(sandbox, id, waiting);
    }

    [EndToEndFact]
    public async Task By_a_daemon_that_restarts_one_of_two_is_in_control_afterwards()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("restarted", 80, 24, "bash", "--norc");
        var first = sandbox.Open(90, 25, "attach", id, "--control");
        await UntilControlled(sandbox, id);
        var second = sandbox.Open(101, 31, "attach", id);
        await sandbox.UntilClients(id, 2);
        await sandbox.Do("restart");
        await sandbox.UntilClients(id, 2);
        await UntilControlled(sandbox, id);
        first.Type("echo fir''st\r");
        second.Type("echo sec''ond\r");
        var modes = (await sandbox.Clients(id)).Select(client => client!["mode"]!.GetValue<string>());
        Assert.Equal(["control", "observe"], modes.Order());
        await first.Until(screen => screen.Lines.Contains("first") || screen.Lines.Contains("second"), "what the controller typed");
        var text = (await JournalBytes.Read(sandbox, id)).Text;
        Assert.False(text.Contains("\nfirst\r", StringComparison.Ordinal) && text.Contains("\nsecond\r", StringComparison.Ordinal), text);
    }

    private static async Task Promotes(Func<OuterTerminal, Task> release)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("passed-on", 80, 24, "bash", "--norc");
        var controller = sandbox.Open(90, 25, "attach", id, "--control");
        await UntilControlled(sandbox, id);
        var waiting = sandbox.Open(101, 31, "attach", id);
        await sandbox.UntilClients(id, 2);
        await release(controller);
        await IsInControl(sandbox, id, waiting);
    }

    private static async Task IsInControl(Sandbox sandbox, string id, OuterTerminal waiting)
    {
        await Patience.Until(async () => (await sandbox.Session(id))["columns"]!.GetValue<int>() == 101, "the promoted one's size");

        // A local client in control has lent its terminal; while it is still about to, it is only promoted.
        await Patience.Until(
            async () => (await sandbox.Clients(id)).Any(client => client!["sink"]!.GetValue<string>() == "terminal" && client["columns"]!.GetValue<int>() == 101),
            "the promoted one's terminal");
        waiting.Type("clear; stty size\r");
        await waiting.Until(screen => screen.Lines.Contains("31 101"), "the promoted one's size in the program");
    }

    private static Task UntilControlled(Sandbox sandbox, string id) =>
        Patience.Until(async () => (await sandbox.Session(id))["controller"] is not null, "somebody in control");
}
