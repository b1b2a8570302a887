namespace Tether.Daemon.Agents;

/// <summary>A range of versions as agents' descriptions have it: `2.1.197–2.1.329`, or one version. Numbers that are left out match any.</summary>
internal static class VersionRange
{
    /// <param name="range">As described above; empty holds nothing.</param>
    /// <param name="version">Numbers with dots, wherever they begin: `2.1.329 (Claude Code)`, `codex-cli 0.169.0`.</param>
    public static bool Contains(string range, string version)
    {
        var ends = range.Split('–', '-');
        return Numbers(version) is { Length: > 0 } numbers && range.Length > 0 && Compare(numbers, Numbers(ends[0])) >= 0 && Compare(numbers, Numbers(ends[^1])) <= 0;
    }

    /// <summary>The first numbers with dots in a text, as `0.169.0`; empty when there are none.</summary>
    public static string Find(string text) => string.Join('.', Numbers(text));

    private static int[] Numbers(string text)
    {
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return [];
        }

        var numbers = text[start..].TakeWhile(c => char.IsAsciiDigit(c) || c == '.');
        return [.. string.Concat(numbers).Split('.', StringSplitOptions.RemoveEmptyEntries).Select(part => int.TryParse(part, out var number) ? number : 0)];
    }

    private static int Compare(int[] version, int[] end)
    {
        for (var i = 0; i < Math.Min(version.Length, end.Length); i++)
        {
            if (version[i] != end[i])
            {
                return version[i].CompareTo(end[i]);
            }
        }

        return 0;
    }
}
