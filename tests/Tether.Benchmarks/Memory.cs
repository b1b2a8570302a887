using System.Text;
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
    }

    private static void Measure(string name, int columns, int lines, bool coloured)
    {
        byte[] history = History(lines, coloured);
        _ = Make(columns, history);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        TerminalEmulator[] terminals = [.. Enumerable.Range(0, Sessions).Select(_ => Make(columns, history))];
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine($"{name,-28} {(after - before) / Sessions / 1024.0,8:F1} KiB a session");
        GC.KeepAlive(terminals);
    }

    private static TerminalEmulator Make(int columns, byte[] history)
    {
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = columns, Rows = columns == 80 ? 24 : 40 });
        terminal.Feed(history);
        return terminal;
    }

    private static byte[] History(int lines, bool coloured)
    {
        var random = new Random(1);
        var text = new StringBuilder();
        for (int line = 0; line < lines; line++)
        {
            for (int word = 0; word < 12; word++)
            {
                text.Append(coloured && word % 2 == 0 ? $"\e[3{random.Next(8)}m" : "");
                text.Append(coloured && word % 6 == 5 ? "\e[38;2;120;140;160m" : "");
                text.Append("abcdef ");
            }

            text.Append(coloured ? "\e[0m\r\n" : "\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
