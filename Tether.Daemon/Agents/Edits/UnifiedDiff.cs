using System.Text;

namespace Tether.Daemon.Agents.Edits;

/// <summary>The difference of two texts, line by line, as people read it: without `---` and `+++`, with three lines around each change.</summary>
internal static class UnifiedDiff
{
    public const int MaxLength = 256 << 10;

    private const int Context = 3;

    // Above this many pairs of lines the changed middle is shown as one replacement.
    private const long MostPairs = 4_000_000;

    /// <param name="before">Empty for a new file.</param>
    /// <param name="after">Empty for a deleted one.</param>
    /// <param name="hasPlace">False when the texts are parts of a file whose place is not known: no `@@` lines.</param>
    public static string Of(string before, string after, bool hasPlace = true)
    {
        var lines = Compare(Lines(before), Lines(after));
        var text = new StringBuilder();
        foreach (var (start, end) in Hunks(lines))
        {
            if (hasPlace)
            {
                text.Append(Head(lines, start, end)).Append('\n');
            }

            for (var i = start; i < end; i++)
            {
                if (text.Length + lines[i].Text.Length > MaxLength)
                {
                    return text.Append("… the rest is not shown\n").ToString();
                }

                text.Append(lines[i].Mark).Append(lines[i].Text).Append('\n');
            }
        }

        return text.ToString();
    }

    private readonly record struct Line(char Mark, string Text);

    private static string[] Lines(string text)
    {
        var lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private static List<Line> Compare(string[] before, string[] after)
    {
        var head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        var lines = before.Take(head).Select(Same).ToList();
        Middle(before.AsSpan(head..^tail), after.AsSpan(head..^tail), lines);
        lines.AddRange(before[^tail..].Select(Same));
        return lines;

        static Line Same(string text) => new(' ', text);
    }

    private static void Middle(ReadOnlySpan<string> before, ReadOnlySpan<string> after, List<Line> lines)
    {
        var (i, j) = (0, 0);
        if ((long)before.Length * after.Length <= MostPairs)
        {
            // common[i, j]: how many lines the two have in common from there on.
            var common = new int[before.Length + 1, after.Length + 1];
            for (i = before.Length - 1; i >= 0; i--)
            {
                for (j = after.Length - 1; j >= 0; j--)
                {
                    common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
                }
            }

            for ((i, j) = (0, 0); i < before.Length && j < after.Length;)
            {
                lines.Add(before[i] == after[j] ? new Line(' ', before[i]) : common[i + 1, j] >= common[i, j + 1] ? new Line('-', before[i]) : new Line('+', after[j]));
                switch (lines[^1].Mark)
                {
                    case ' ': i++; j++; break;
                    case '-': i++; break;
                    default: j++; break;
                }
            }
        }

        foreach (var line in before[i..])
        {
            lines.Add(new Line('-', line));
        }

        foreach (var line in after[j..])
        {
            lines.Add(new Line('+', line));
        }
    }

    private static IEnumerable<(int Start, int End)> Hunks(List<Line> lines)
    {
        for (var at = 0; at < lines.Count;)
        {
            var change = lines.FindIndex(at, line => line.Mark != ' ');
            if (change < 0)
            {
                yield break;
            }

            var (start, end) = (Math.Max(at, change - Context), change);
            for (var i = change; i < lines.Count && i <= end + (2 * Context); i++)
            {
                end = lines[i].Mark != ' ' ? i : end;
            }

            at = Math.Min(lines.Count, end + 1 + Context);
            yield return (start, at);
        }
    }

    private static string Head(List<Line> lines, int start, int end)
    {
        var (oldBefore, newBefore) = Count(0, start);
        var (oldHere, newHere) = Count(start, end);
        return $"@@ -{First(oldBefore, oldHere)},{oldHere} +{First(newBefore, newHere)},{newHere} @@";

        (int Old, int New) Count(int from, int to) => (lines[from..to].Count(line => line.Mark != '+'), lines[from..to].Count(line => line.Mark != '-'));

        // A side without lines names the line before it.
        static int First(int before, int here) => here == 0 ? before : before + 1;
    }
}
