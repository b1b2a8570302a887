using System.Buffers;
using System.Diagnostics;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;

/// <summary>What an attach and a change of size cost: 200x50, every cell written, coloured. Medians of warm runs.</summary>
internal static class Snapshots
{
    private const int Columns = 200;
    private const int Rows = 50;
    private const int Lines = 10_000;
    private const int WarmUps = 20;
    private const int Runs = 41;

    public static void Report()
    {
        TerminalEmulator terminal = Make();
        var output = new ArrayBufferWriter<byte>(16 << 20);
        Measure("snapshot of the screen", () => Write(terminal, output, 0));
        Measure("snapshot with 10,000 lines", () => Write(terminal, output, Lines));
        Console.WriteLine($"{"",-34} {output.WrittenCount / 1e6,8:F2} MB");
        byte[] snapshot = output.WrittenSpan.ToArray();
        Measure("the same fed to a new emulator", () => New().Feed(snapshot));
        Measure("reflow of 10,000 lines 200-120-200", () =>
        {
            terminal.Resize(120, Rows);
            terminal.Resize(Columns, Rows);
        });
    }

    private static TerminalEmulator New() => new(new TerminalOptions { Columns = Columns, Rows = Rows, ScrollbackRows = 2 * Lines });

    // One row less than the screen has: the line feed at the end leaves one empty.
    private static TerminalEmulator Make()
    {
        TerminalEmulator terminal = New();
        terminal.Feed(History.Of(Columns, Lines + Rows - 1, coloured: true));
        return terminal;
    }

    private static void Write(TerminalEmulator terminal, ArrayBufferWriter<byte> output, int scrollbackRows)
    {
        output.ResetWrittenCount();
        SnapshotWriter.Write(terminal, output, new SnapshotOptions { ScrollbackRows = scrollbackRows, ClearScreen = true });
    }

    private static void Measure(string name, Action action)
    {
        for (int i = 0; i < WarmUps; i++)
        {
            action();
        }

        double[] times = new double[Runs];
        for (int i = 0; i < Runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        Console.WriteLine($"{name,-34} {times[Runs / 2],8:F2} ms median, {times[0]:F2} to {times[^1]:F2}");
    }
}
