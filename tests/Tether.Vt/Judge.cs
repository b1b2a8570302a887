using System.Text.Json;

namespace Tether.Vt;

/// <summary>Judges files of conformance cases, one a line, by the shape of what they expect.</summary>
internal sealed class Judge(bool isVerbose)
{
    private int _passed;
    private int _total;

    public int Run(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            RunFile(file);
        }

        Console.WriteLine($"passed {_passed} of {_total}");
        return _passed == _total ? 0 : 1;
    }

    private void RunFile(string file)
    {
        var parser = new ParserJudge();
        var decoder = new Utf8Judge();
        foreach (string line in File.ReadLines(file).Where(line => line.Length > 0))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            var test = new Case(document.RootElement);
            string? reason;
            try
            {
                reason = Check(test, parser, decoder);
            }
#pragma warning disable CA1031 // Whatever a case makes happen is that case's result.
            catch (Exception e)
#pragma warning restore CA1031
            {
                reason = e.ToString();
            }

            Count(test.Name, reason);
        }
    }

    private static string? Check(Case test, ParserJudge parser, Utf8Judge decoder)
    {
        JsonElement expect = test.Json.GetProperty("expect");
        if (expect.TryGetProperty("last_output", out JsonElement output))
        {
            return InputJudge.Check(test, output.GetBytesFromBase64());
        }

        if (expect.TryGetProperty("events", out JsonElement events))
        {
            return parser.Check(test.Input, events);
        }

        if (expect.TryGetProperty("codepoints", out JsonElement codePoints))
        {
            return decoder.Check(test.Input, codePoints);
        }

        return expect.TryGetProperty("graphemes", out JsonElement graphemes)
            ? GraphemeJudge.Check(test.Input, graphemes)
            : ScreenJudge.Check(test, expect);
    }

    private void Count(string name, string? reason)
    {
        _total++;
        if (reason is null)
        {
            _passed++;
            return;
        }

        Console.WriteLine(isVerbose ? $"FAILED {name}: {reason}" : $"FAILED {name}");
    }
}
