using System.Diagnostics;

namespace Tether.EndToEnd.Tests.Viewers;

/// <summary>A viewer that stops reading changes nothing for the session and for others, and ends on the right screen.</summary>
[Collection(AloneCollection.Name)]
public sealed class SlowViewerTests
{
    private const long MayGrow = 16 << 20;

    private static readonly int Lines = Soak.Size(2_000_000, 12_000_000);

    [EndToEndFact("awk")]
    public Task A_client_that_is_stopped() => IsHarmless(
        terminal => terminal.Signal(Signals.Stop),
        terminal => terminal.Signal(Signals.Continue),
        "--control");

    [EndToEndFact("awk")]
    public Task An_observing_client_that_is_stopped() => IsHarmless(
        terminal => terminal.Signal(Signals.Stop),
        terminal => terminal.Signal(Signals.Continue),
        "--observe");

    [EndToEndFact("awk")]
    public Task A_terminal_window_that_hangs() => IsHarmless(
        terminal =>
        {
            terminal.StopReading();
            return Task.CompletedTask;
        },
        terminal =>
        {
            terminal.ResumeReading();
            return Task.CompletedTask;
        },
        "--control");

    [EndToEndTheory("awk")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_not_read(bool isWebSocket)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("flood", Flood(sandbox));
        Transport transport = isWebSocket
            ? await WebSocketTransport.Connect(sandbox.Paths.WebSocket)
            : await LocalTransport.Connect(sandbox.Paths.LocalSocket);
        await using (transport)
        {
            await transport.Send("""{"type":"hello","id":1,"versions":[1],"client":"deaf"}"""u8.ToArray(), isBinary: false);
            await transport.Send(System.Text.Encoding.UTF8.GetBytes($$"""{"type":"attach","id":2,"session":"{{id}}","mode":"observe","columns":80,"rows":24}"""), isBinary: false);
            await sandbox.UntilClients(id, 1);
            await FloodsFreely(sandbox);

            // Now it reads, and ends on the right screen.
            await using var peer = Peer.Over(transport);
            await peer.Watch(await ChannelOf(peer), 80, 24, screen => screen.Shows(LastLine), "the last line");
        }
    }

    private static string LastLine => $"{Lines - 1:D9}";

    private static async Task IsHarmless(Func<OuterTerminal, Task> stop, Func<OuterTerminal, Task> proceed, string mode)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("flood", Flood(sandbox));
        var terminal = sandbox.Open("attach", id, mode);
        await terminal.UntilShows("ready");
        await stop(terminal);
        await FloodsFreely(sandbox);

        var clock = Stopwatch.StartNew();
        await proceed(terminal);
        await terminal.UntilShows(LastLine);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"the right screen came after {clock.Elapsed}");
        Assert.Equal(Enumerable.Range(Lines - 23, 23).Select(line => $"{line:D9} {(long)line * 40503 % 65536:D5}"), terminal.Screen.Lines[..23]);
    }

    // Starts the flood and waits for its end: the session is not slowed, and the daemon does not grow.
    private static async Task FloodsFreely(Sandbox sandbox)
    {
        var daemon = (await sandbox.Status()).ProcessId;
        var before = SandboxProcess.MemoryOf(daemon);
        await File.WriteAllTextAsync(GoOf(sandbox), "");
        await Patience.Until(() => File.Exists(GoOf(sandbox) + ".done"), "the end of the flood", Patience.Ample);
        var grown = SandboxProcess.MemoryOf(daemon) - before;
        Assert.True(grown < MayGrow, $"the daemon grew by {grown >> 10} KiB");
    }

    // Waits for a file and not for input: nobody has to be in control.
    private static string[] Flood(Sandbox sandbox) =>
        ["sh", "-c", $"echo ready; until [ -e {GoOf(sandbox)} ]; do sleep 0.02; done; \"$@\" </dev/null; touch {GoOf(sandbox)}.done; read x", "sh", .. CounterProgram.Lines(Lines)];

    private static string GoOf(Sandbox sandbox) => Path.Combine(sandbox.Directory, "go");

    private static async Task<int> ChannelOf(Peer peer)
    {
        var arrival = await peer.Next(arrival => arrival.Frame is not null, "a frame");
        return arrival.Frame!.Channel;
    }
}
