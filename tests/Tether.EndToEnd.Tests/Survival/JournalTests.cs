namespace Tether.EndToEnd.Tests.Survival;

/// <summary>A byte that any client has seen is in the journal, whatever happens to the daemon right after.</summary>
public sealed class JournalTests
{
    [EndToEndTheory("awk")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_client_saw_before_a_kill_is_what_the_next_daemon_has(bool isWebSocket)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("flood", CounterProgram.Endless);
        for (var round = 0; round < Soak.Rounds; round++)
        {
            var daemon = (await sandbox.Status()).ProcessId;
            await using var peer = isWebSocket ? await Peer.WebSocket(sandbox) : await Peer.Local(sandbox);
            await peer.Attach(id, "observe");
            var from = await peer.Next(arrival => arrival.Frame is { Kind: Frame.Output }, "output");
            await peer.Next(arrival => arrival.Frame is { Kind: Frame.Output } frame && frame.End > from.Frame!.Offset + 500_000, "half a megabyte");
            SandboxProcess.Signal(daemon, Signals.Kill);
            await peer.Closed;

            var journal = await JournalBytes.Read(sandbox, id);
            foreach (var frame in peer.Arrivals.Where(arrival => arrival.Frame?.Kind == Frame.Output).Select(arrival => arrival.Frame!))
            {
                Assert.True(frame.End <= journal.End, $"a client saw up to {frame.End}, the journal ends at {journal.End}");
                var kept = journal.Output.AsSpan((int)(frame.Offset - journal.First), (int)(frame.End - frame.Offset));
                Assert.True(kept.SequenceEqual(frame.Payload), $"frame {frame.Offset}–{frame.End} is not what the journal holds");
            }
        }
    }

    [EndToEndFact("awk")]
    public async Task It_is_kept_up_to_its_size_and_says_where_it_begins()
    {
        await using var sandbox = new Sandbox();
        sandbox.WriteConfig("TETHER_JOURNAL_MIB=1\n");
        var id = await sandbox.Detached("long", CounterProgram.Lines(400_000));
        await sandbox.UntilShows(id, "^000399999", Patience.Ample);
        await sandbox.Do("stop", id, "--force");
        var journal = await JournalBytes.Read(sandbox, id);
        Assert.True(journal.First > 0, "nothing was dropped");
        Assert.Equal(400_000 * 17, journal.End);

        // It is dropped in whole segments, so some more may be there.
        Assert.InRange(journal.Output.Length, 500_000, 4 << 20);
        Assert.Null(CounterProgram.Difference(journal.Output, journal.First));
        var files = new DirectoryInfo(sandbox.Paths.Journals).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.True(files < 5 << 20, $"the journal takes {files >> 10} KiB");
    }
}
