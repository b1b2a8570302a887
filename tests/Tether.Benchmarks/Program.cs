using Tether.Protocol.Terminal;

// usage: Tether.Benchmarks FILE...: MB a second of processor time over recorded output, 120x40 with scrollback, best of five;
// the bytes allocated once warm (rows of scrollback that are not yet full count); then what snapshots and reflow take, and the memory that
// a session keeps.
//
// or: Tether.Benchmarks events SESSIONS EVENTS DIRECTORY: the event log with so many sessions of so many events, made in the directory or taken from it.
//
// or: Tether.Benchmarks watchers STREAMS VIEWERS FILE: what a session loses to those who watch it, with the real daemon (TETHER_BIN).
const int Columns = 120;
const int Rows = 40;
const int Chunk = 64 * 1024;
const int Rounds = 5;

if (args is ["events", var sessions, var events, var directory])
{
    Events.Report(int.Parse(sessions), int.Parse(events), directory);
    return;
}

if (args is ["watchers", var streams, var viewers, var corpus])
{
    await Watchers.Report(int.Parse(streams), int.Parse(viewers), corpus);
    return;
}

foreach (string file in args)
{
    byte[] bytes = File.ReadAllBytes(file);
    double best = double.MaxValue;
    long allocated = long.MaxValue;
    var terminal = new TerminalEmulator(new TerminalOptions { Columns = Columns, Rows = Rows, ScrollbackRows = 10_000 });
    Feed(terminal, bytes);
    for (int round = 0; round < Rounds; round++)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        Feed(terminal, bytes);
        best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
        allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    Console.WriteLine($"{Path.GetFileName(file),-14} {bytes.Length / 1e6 / best,8:F1} MB/s {allocated,10} bytes allocated");
    GC.KeepAlive(terminal);
}

Snapshots.Report();
Memory.Report();

static void Feed(TerminalEmulator terminal, byte[] bytes)
{
    for (int i = 0; i < bytes.Length; i += Chunk)
    {
        terminal.Feed(bytes.AsSpan(i, Math.Min(Chunk, bytes.Length - i)));
    }
}
