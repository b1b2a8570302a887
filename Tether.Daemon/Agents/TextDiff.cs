using System.Text;

namespace Tether.Daemon.Agents;

/// <summary>What changes from one text to another, as people read it: a unified diff with three lines around each change, without the files' names.</summary>
internal static class TextDiff
{
    private const int Around = 3;

    // Beyond this many comparisons what differs in the middle is shown as removed and added whole.
    private const long MostComparisons = 4_000_000;

    /// <returns>Empty when the lines are the same.</returns>
    public static string Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var edits = Edits(old, now);
        var text = new StringBuilder();
        for (var i = 0; i < edits.Count;)
        {
            if (edits[i].Kind == ' ')
            {
                i++;
                continue;
            }

            var start = Math.Max(0, i - Around);
            var end = EndOfHunk(edits, i);
            Write(text, edits, start, end);
            i = end;
        }

        return text.ToString().TrimEnd('\n');
    }

    private static int EndOfHunk(List<(char Kind, string Line)> edits, int first)
    {
        var last = first;
        for (var i = first; i < edits.Count && i - last <= 2 * Around; i++)
        {
            last = edits[i].Kind == ' ' ? last : i;
        }

        return Math.Min(edits.Count, last + 1 + Around);
    }

    private static void Write(StringBuilder text, List<(char Kind, string Line)> edits, int start, int end)
    {
        var (oldBefore, nowBefore) = (edits.Take(start).Count(edit => edit.Kind != '+'), edits.Take(start).Count(edit => edit.Kind != '-'));
        var hunk = edits.GetRange(start, end - start);
        var (oldCount, nowCount) = (hunk.Count(edit => edit.Kind != '+'), hunk.Count(edit => edit.Kind != '-'));

        // An empty side begins at the line before it.
        text.Append("@@ -").Append(oldBefore + (oldCount > 0 ? 1 : 0)).Append(',').Append(oldCount)
            .Append(" +").Append(nowBefore + (nowCount > 0 ? 1 : 0)).Append(',').Append(nowCount).Append(" @@\n");
        foreach (var (kind, line) in hunk)
        {
            text.Append(kind).Append(line).Append('\n');
        }
    }

    private static List<(char Kind, string Line)> Edits(string[] old, string[] now)
    {
        var shorter = Math.Min(old.Length, now.Length);
        var head = 0;
        while (head < shorter && old[head] == now[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < shorter - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        return
        [
            .. old[..head].Select(line => (' ', line)),
            .. Middle(old[head..(old.Length - tail)], now[head..(now.Length - tail)]),
            .. old[(old.Length - tail)..].Select(line => (' ', line)),
        ];
    }

    // The longest common subsequence, from the table of its lengths.
    private static IEnumerable<(char Kind, string Line)> Middle(string[] old, string[] now)
    {
        if ((long)old.Length * now.Length > MostComparisons)
        {
            return [.. old.Select(line => ('-', line)), .. now.Select(line => ('+', line))];
        }

        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return Walk(old, now, common);
    }

    private static IEnumerable<(char Kind, string Line)> Walk(string[] old, string[] now, int[,] common)
    {
        var (i, j) = (0, 0);
        while (i < old.Length || j < now.Length)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                yield return (' ', old[i++]);
                j++;
            }
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                yield return ('-', old[i++]);
            }
            else
            {
                yield return ('+', now[j++]);
            }
        }
    }

    private static string[] Lines(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
