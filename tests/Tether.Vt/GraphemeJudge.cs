using System.Text;
using System.Text.Json;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Vt;

/// <summary>Cluster breaks: a text and the clusters it has by UAX 29.</summary>
internal static class GraphemeJudge
{
    public static string? Check(byte[] input, JsonElement expected)
    {
        string[] wanted = [.. expected.EnumerateArray().Select(text => text.GetString()!)];
        string[] found = [.. Split(Encoding.UTF8.GetString(input))];
        return wanted.SequenceEqual(found) ? null : $"want {Show(wanted)} got {Show(found)}";
    }

    private static IEnumerable<string> Split(string text)
    {
        var cluster = new StringBuilder();
        int state = GraphemeBreaker.Start;
        int previous = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            // Controls never reach the screen's breaker; GB3 to GB5 are the parser's.
            bool isControl = rune.Value is < 0x20 or (>= 0x7F and < 0xA0);
            GraphemeClass kind = isControl ? GraphemeClass.Control : CodePointTraits.Of(rune.Value).Class;
            bool joins = (previous == '\r' && rune.Value == '\n') || GraphemeBreaker.Joins(state, kind);
            if (!joins && cluster.Length > 0)
            {
                yield return cluster.ToString();
                cluster.Clear();
            }

            state = GraphemeBreaker.Advance(state, kind, joins);
            previous = rune.Value;
            cluster.Append(rune.ToString());
        }

        if (cluster.Length > 0)
        {
            yield return cluster.ToString();
        }
    }

    private static string Show(string[] clusters) =>
        string.Join(" | ", clusters.Select(text => string.Join(' ', text.EnumerateRunes().Select(rune => rune.Value.ToString("X4")))));
}
