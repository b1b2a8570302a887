namespace Tether.EndToEnd.Tests.Disk;

/// <summary>When the disk is full sessions go on, the journal says where it has a hole, and the person is told.</summary>
public sealed class FullDiskTests
{
    [EndToEndFact(Needs.Mount, "awk")]
    public async Task A_session_goes_on_and_its_journal_has_a_hole()
    {
        await using var sandbox = new Sandbox();
        await using var disk = await FullDisk.Mount(sandbox, "6m");
        await Flood(sandbox);
    }

    private static async Task Flood(Sandbox sandbox)
    {
        const int lines = 700_000;
        var id = await sandbox.Detached("prolific", ["sh", "-c", "read x; exec \"$@\"", "sh", .. CounterProgram.Lines(lines)]);
        var terminal = sandbox.Open("attach", id);
        await sandbox.UntilClients(id, 1);
        await using var watcher = await Peer.Local(sandbox);
        await watcher.Ask("subscribe", null, "ok");
        terminal.Type("\r");
        await terminal.UntilShows($"{lines - 1:D9}", Patience.Ample);

        var session = await sandbox.Session(id);
        Assert.Equal("running", session["state"]!.GetValue<string>());
        Assert.True(session["hasJournalHole"]!.GetValue<bool>());
        Assert.Contains($"{lines - 1:D9}", await sandbox.Do("capture", id), StringComparison.Ordinal);
        var journal = await JournalBytes.Read(sandbox, id);
        Assert.True(journal.Holes.Count > 0, $"no hole in {journal.First}–{journal.End}, {journal.Output.Length} bytes are kept");
        Assert.Null(CounterProgram.Difference(journal.Output.AsSpan(2, (int)(journal.Holes[0].From - 2)), 0));
        await watcher.NextMessage("event", message => message["kind"]!.GetValue<string>() == "journal-hole" && message["session"]!.GetValue<string>() == id);
    }
}
