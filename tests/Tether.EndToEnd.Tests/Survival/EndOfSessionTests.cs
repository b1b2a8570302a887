namespace Tether.EndToEnd.Tests.Survival;

/// <summary>The end is ordered: last output, then the exit, then the close.</summary>
public sealed class EndOfSessionTests
{
    [EndToEndTheory("awk")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_last_byte_comes_before_the_exit_and_nothing_after_it(bool isWebSocket)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("ending", "sh", "-c", "read x; seq 1 20000; printf finis; exit 6");
        await using var peer = isWebSocket ? await Peer.WebSocket(sandbox) : await Peer.Local(sandbox);
        var channel = (await peer.Attach(id, "control"))["channel"]!.GetValue<int>();
        await peer.Type(channel, "\r");
        var exited = await peer.NextMessage("exited");
        Assert.Equal(channel, exited["channel"]!.GetValue<int>());
        Assert.Equal(6, exited["session"]!["exitCode"]!.GetValue<int>());
        Assert.Equal("exited", exited["session"]!["state"]!.GetValue<string>());

        var journal = await JournalBytes.Read(peer, id);
        Assert.EndsWith("20000\r\nfinis", journal.Text, StringComparison.Ordinal);
        Assert.Equal((6, 0), journal.Exit);
        var frames = peer.Arrivals.TakeWhile(arrival => arrival.Message?["type"]?.GetValue<string>() != "exited").Where(arrival => arrival.Frame is not null).ToList();
        Assert.Contains(frames, arrival => arrival.Frame!.End == journal.End);
        var after = peer.Arrivals.SkipWhile(arrival => arrival.Message?["type"]?.GetValue<string>() != "exited").Skip(1);
        Assert.DoesNotContain(after, arrival => arrival.Frame is { Kind: not Frame.History } frame && frame.Channel == channel);
    }

    [EndToEndFact]
    public async Task An_exit_while_no_daemon_runs_is_told_by_the_next_one()
    {
        await using var sandbox = new Sandbox();
        var go = Path.Combine(sandbox.Directory, "go");
        var id = await sandbox.Detached("unseen", "sh", "-c", $"until [ -e {go} ]; do sleep 0.05; done; echo nobody saw this; exit 5");
        var process = await sandbox.ProcessOf(id);
        await sandbox.Do("stop");
        await File.WriteAllTextAsync(go, "");
        await Patience.Until(() => !SandboxProcess.IsAlive(process), "the end of the program");
        await sandbox.UntilState(id, "exited");
        Assert.Equal(5, (await sandbox.Session(id))["exitCode"]!.GetValue<int>());
        Assert.Contains("nobody saw this", await sandbox.Do("capture", id), StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task A_child_that_keeps_the_terminal_open_does_not_keep_the_session_open()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("run", "any", "--", "sh", "-c", "(trap '' HUP; sleep 5) & echo left a child; exit 2");
        Assert.Equal(2, await terminal.Exited);
        await terminal.UntilShows("left a child");
    }
}
