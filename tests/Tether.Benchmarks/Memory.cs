using Tether.Protocol.Terminal;

/// <summary>What a session keeps in memory: an idle one, a typical one, one with a long plain history.</summary>
internal static class Memory
{
    private const int Sessions = 50;

    public static void Report()
    {
        Measure("idle 80x24", 80, 0, coloured: false);
        Measure("2,000 coloured lines 80x24", 80, 2_000, coloured: true);
        Measure("10,000 coloured lines 80x24", 80, 10_000, coloured: true);
        Measure("10,000 plain lines 120x40", 120, 10_000, coloured: false);
        Measure("10,000 coloured lines 200x50", 200, 10_000, coloured: true);
    }

    private static void Measure(string name, int columns, int lines, bool coloured)
    {
        byte[] history = History.Of(columns, lines, coloured);
        _ = Make(columns, history);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        TerminalEmulator[] terminals = [.. Enumerable.Range(0, Sessions).Select(_ => Make(columns, history))];
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine($"{name,-34} {(after - before) / Sessions / 1024.0,8:F1} KiB a session");
        GC.KeepAlive(terminals);
    }

    private static TerminalEmulator Make(int columns, byte[] history)
    {
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = columns, Rows = columns switch { 80 => 24, 120 => 40, _ => 50 } });
        terminal.Feed(history);
        return terminal;
    }
}
