using System.Buffers;
using System.Text.Json;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Testing.Terminal;

namespace Tether.Vt;

/// <summary>Takes a snapshot of each case's screen, feeds it to a new terminal, and compares the two.</summary>
internal static class SnapshotCheck
{
    public static int Run(IEnumerable<string> files)
    {
        int total = 0;
        int passed = 0;
        foreach (string line in files.SelectMany(File.ReadLines).Where(line => line.Length > 0))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            var original = CaseRunner.Run(new Case(document.RootElement));
            total++;
            string? difference = Compare(original, clear: false) ?? Compare(original, clear: true);
            passed += difference is null ? 1 : 0;
            if (difference is not null)
            {
                Console.WriteLine($"FAILED {original.Case.Name}: {difference}");
            }
        }

        Console.WriteLine($"passed {passed} of {total}");
        return passed == total ? 0 : 1;
    }

    public static int WriteCases(IEnumerable<string> files)
    {
        foreach (string line in files.SelectMany(File.ReadLines).Where(line => line.Length > 0))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            var original = CaseRunner.Run(new Case(document.RootElement));
            var output = new ArrayBufferWriter<byte>();
            SnapshotWriter.Write(original.Terminal, output, new SnapshotOptions { ScrollbackRows = 1000, ClearScreen = true });
            string name = JsonEncodedText.Encode(original.Case.Name).Value;
            string input = Convert.ToBase64String(output.WrittenSpan);
            Console.WriteLine($$"""{"name":"{{name}}","cols":{{original.Terminal.Columns}},"rows":{{original.Terminal.Rows}},"input":"{{input}}"}""");
        }

        return 0;
    }

    private static string? Compare(CaseRunner original, bool clear)
    {
        int rows = clear ? 0 : original.Terminal.ScrollbackCount;
        var options = new SnapshotOptions { ScrollbackRows = rows, ClearScreen = clear };
        var copy = CaseRunner.Restore(original, output => SnapshotWriter.Write(original.Terminal, output, options));
        string[] wanted = Describe(original, rows, clear);
        string[] found = Describe(copy, rows, clear);
        int at = Enumerable.Range(0, Math.Max(wanted.Length, found.Length)).FirstOrDefault(i => wanted.ElementAtOrDefault(i) != found.ElementAtOrDefault(i), -1);
        return at < 0 ? null : $"{(clear ? "repaint" : "restore")}\n  want {wanted.ElementAtOrDefault(at)}\n  got  {found.ElementAtOrDefault(at)}";
    }

    private static string[] Describe(CaseRunner run, int rows, bool clear) =>
        $"{StateText.Of(run.Terminal, rows)}{(clear ? "" : StateText.Registers(run.Terminal))}".Split('\n');
}
