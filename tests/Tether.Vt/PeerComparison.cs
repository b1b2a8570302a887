using System.Diagnostics;
using System.Text.Json;

namespace Tether.Vt;

/// <summary>
/// Shows cases to another terminal too and says where the pictures differ: text, wide characters, cursor, and what is seen of styles. The
/// other one is a program that reads cases and writes snapshots as <c>vt --screen</c> does, a line for a line.
/// </summary>
internal sealed class PeerComparison(string command)
{
    private readonly Dictionary<string, int> _counts = [];

    /// <returns>0 if all pictures are equal.</returns>
    public int Run(TextReader cases)
    {
        using var peer = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        int total = 0;
        while (cases.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            total++;
            peer.StandardInput.WriteLine(line);
            peer.StandardInput.Flush();
            using JsonDocument document = JsonDocument.Parse(line);
            using JsonDocument ours = Snapshot(CaseRunner.Run(new Case(document.RootElement)));
            string answer = peer.StandardOutput.ReadLine() ?? throw new EndOfStreamException($"The other terminal ended at case {total}.");
            using JsonDocument theirs = JsonDocument.Parse(answer);
            Count(document.RootElement.GetProperty("name").GetString()!, ours.RootElement, theirs.RootElement);
        }

        foreach ((string kind, int count) in _counts.OrderByDescending(pair => pair.Value))
        {
            Console.WriteLine($"{count} differ in {kind}");
        }

        Console.WriteLine($"equal {total - _counts.Values.Sum()} of {total}");
        return _counts.Count == 0 ? 0 : 1;
    }

    private static JsonDocument Snapshot(CaseRunner run)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            ScreenSnapshot.Write(json, run);
        }

        return JsonDocument.Parse(output.ToArray());
    }

    private void Count(string name, JsonElement ours, JsonElement theirs)
    {
        (string Kind, string Ours, string Theirs) difference = Pictures(ours).Zip(Pictures(theirs), (a, b) => (a.Kind, a.Text, b.Text))
            .FirstOrDefault(pair => pair.Item2 != pair.Item3);
        if (difference.Kind is not null)
        {
            (string a, string b) = difference.Ours.Split('\n').Zip(difference.Theirs.Split('\n')).FirstOrDefault(pair => pair.Item1 != pair.Item2, (difference.Ours, difference.Theirs));
            _counts[difference.Kind] = _counts.GetValueOrDefault(difference.Kind) + 1;
            Console.WriteLine($"DIFFERS {name} in {difference.Kind}\n  ours   {a}\n  theirs {b}");
        }
    }

    private static IEnumerable<(string Kind, string Text)> Pictures(JsonElement snapshot)
    {
        if (snapshot.TryGetProperty("error", out JsonElement error))
        {
            yield return ("text", error.ToString());
            yield break;
        }

        yield return ("text", string.Join('\n', snapshot.GetProperty("lines").EnumerateArray().Select(line => line.GetString()!.TrimEnd(' ', '\u00a0'))));
        yield return ("wide characters", snapshot.GetProperty("wide").GetRawText());
        yield return ("cursor", snapshot.GetProperty("cursor").GetRawText());
        yield return ("styles", string.Join('\n', Styles(snapshot)));
    }

    private static IEnumerable<string> Styles(JsonElement snapshot)
    {
        int row = 0;
        foreach (JsonElement runs in snapshot.GetProperty("cells").EnumerateArray())
        {
            string text = snapshot.GetProperty("lines")[row++].GetString()!;
            bool isPlain = text.All(char.IsAscii);
            var cells = runs.EnumerateArray().SelectMany(run => Enumerable.Repeat(run, run[0].GetInt32()));
            yield return string.Join(' ', cells.Select((run, column) => Shown(run, isBlank: isPlain && (column >= text.Length || text[column] == ' ')))).TrimEnd('.', ' ');
        }
    }

    // Of a blank one sees the background and lines, and the foreground only where it is reversed or a line.
    private static string Shown(JsonElement run, bool isBlank)
    {
        string flags = string.Concat(run[3].GetString()!.Where(flag => char.IsLetter(flag) && (!isBlank || "urso".Contains(flag, StringComparison.Ordinal))));
        string foreground = isBlank && flags.Length == 0 ? "-1" : run[1].ToString();
        string style = $"{foreground},{run[2]},{flags}";
        return style == "-1,-1," ? "." : style;
    }
}
