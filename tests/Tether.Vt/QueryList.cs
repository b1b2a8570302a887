using System.Text;
using System.Text.Json;
using Tether.Protocol.Terminal;

namespace Tether.Vt;

/// <summary>Prints each query of each case, and what was answered: nothing where a query is only kept from viewers.</summary>
internal sealed class QueryList : ITerminalListener
{
    private readonly List<byte> _fed = [];
    private readonly List<(string Query, List<string> Answers)> _queries = [];

    public static int Run(IEnumerable<string> files)
    {
        foreach (string line in files.SelectMany(File.ReadLines).Where(line => line.Length > 0))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            var test = new Case(document.RootElement);
            var list = new QueryList();
            list.Feed(test);
            foreach ((string query, List<string> answers) in list._queries)
            {
                Console.WriteLine($"{test.Name}\t{query}\t{string.Concat(answers)}");
            }
        }

        return 0;
    }

    public void Answer(ReadOnlySpan<byte> answer)
    {
        if (_queries.Count == 0)
        {
            _queries.Add(("", []));
        }

        _queries[^1].Answers.Add(Readable(answer));
    }

    // Told of a query before its answer.
    public void Hide(long start, long end) => _queries.Add((Readable([.. _fed[(int)start..(int)end]]), []));

    public void Raise(TerminalEvent terminalEvent)
    {
    }

    private void Feed(Case test)
    {
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = test.Columns, Rows = test.Rows }, this);
        if (!test.HasSteps)
        {
            Feed(terminal, test.Input);
        }

        foreach (JsonElement step in test.Steps)
        {
            if (step[0].GetString() == "r")
            {
                terminal.Resize(step[1].GetInt32(), step[2].GetInt32());
            }
            else
            {
                Feed(terminal, step[1].GetBytesFromBase64());
            }
        }
    }

    private void Feed(TerminalEmulator terminal, byte[] bytes)
    {
        _fed.AddRange(bytes);
        terminal.Feed(bytes);
    }

    private static string Readable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (byte b in bytes)
        {
            text.Append(b switch { 0x1B => "\\e", < 0x20 or 0x7F => $"\\x{b:x2}", _ => ((char)b).ToString() });
        }

        return text.ToString();
    }
}
