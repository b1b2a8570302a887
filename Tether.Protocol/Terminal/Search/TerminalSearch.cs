using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Search;

/// <summary>
/// Finds text on the screen and in the scrollback, or only on the alternate screen while that is shown. A line that autowrap broke is searched
/// as the one line it is. On the thread that feeds the emulator.
/// </summary>
public static class TerminalSearch
{
    /// <param name="emulator">Whose rows.</param>
    /// <param name="pattern">What to look for.</param>
    /// <param name="order">Which matches come first.</param>
    /// <param name="limit">At most this many.</param>
    public static IReadOnlyList<SearchMatch> FindAll(
        TerminalEmulator emulator, SearchPattern pattern, SearchOrder order = SearchOrder.NewestFirst, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        (long first, long end) = Rows(emulator.Screen);
        var line = new LogicalLine(emulator.Screen, first, end);
        var matches = new List<SearchMatch>();
        if (order == SearchOrder.OldestFirst)
        {
            for (long row = first; row < end && matches.Count < limit; row = line.EndRow)
            {
                line.Read(row);
                AddMatches(line, pattern, matches, limit);
            }

            return matches;
        }

        for (long row = end - 1; row >= first && matches.Count < limit; row = line.FirstRow - 1)
        {
            line.Read(row);
            int before = matches.Count;
            AddMatches(line, pattern, matches, int.MaxValue);
            matches.Reverse(before, matches.Count - before);
        }

        if (matches.Count > limit)
        {
            matches.RemoveRange(limit, matches.Count - limit);
        }

        return matches;
    }

    /// <summary>The matches of all lines that touch some rows (absolute numbers, the last one excluded), the oldest first; rows that are gone have none.</summary>
    public static IReadOnlyList<SearchMatch> FindIn(TerminalEmulator emulator, SearchPattern pattern, long firstRow, long endRow)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        ArgumentNullException.ThrowIfNull(pattern);
        (long first, long end) = Rows(emulator.Screen);
        var line = new LogicalLine(emulator.Screen, first, end);
        var matches = new List<SearchMatch>();
        for (long row = Math.Max(first, firstRow); row < Math.Min(end, endRow); row = line.EndRow)
        {
            line.Read(row);
            AddMatches(line, pattern, matches, int.MaxValue);
        }

        return matches;
    }

    /// <summary>The first match that begins behind a cell, or null. To go on, ask from the beginning of the match before.</summary>
    public static SearchMatch? FindNext(TerminalEmulator emulator, SearchPattern pattern, long row, int column)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        ArgumentNullException.ThrowIfNull(pattern);
        (long first, long end) = Rows(emulator.Screen);
        var line = new LogicalLine(emulator.Screen, first, end);
        var matches = new List<SearchMatch>();
        for (long next = Math.Max(row, first); next < end; next = line.EndRow)
        {
            line.Read(next);
            matches.Clear();
            AddMatches(line, pattern, matches, int.MaxValue);
            foreach (SearchMatch match in matches)
            {
                if (match.FirstRow > row || (match.FirstRow == row && match.FirstColumn > column))
                {
                    return match;
                }
            }
        }

        return null;
    }

    /// <summary>The last match that begins before a cell, or null.</summary>
    public static SearchMatch? FindPrevious(TerminalEmulator emulator, SearchPattern pattern, long row, int column)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        ArgumentNullException.ThrowIfNull(pattern);
        (long first, long end) = Rows(emulator.Screen);
        var line = new LogicalLine(emulator.Screen, first, end);
        var matches = new List<SearchMatch>();
        for (long next = Math.Min(row, end - 1); next >= first; next = line.FirstRow - 1)
        {
            line.Read(next);
            matches.Clear();
            AddMatches(line, pattern, matches, int.MaxValue);
            for (int i = matches.Count - 1; i >= 0; i--)
            {
                if (matches[i].FirstRow < row || (matches[i].FirstRow == row && matches[i].FirstColumn < column))
                {
                    return matches[i];
                }
            }
        }

        return null;
    }

    private static (long First, long End) Rows(Screen screen) =>
        (screen.IsAlternate ? screen.TopRow : screen.Scrollback.FirstRow, screen.TopRow + screen.Rows);

    private static void AddMatches(LogicalLine line, SearchPattern pattern, List<SearchMatch> matches, int limit)
    {
        for (int from = 0; matches.Count < limit && pattern.Find(line.Text, from, out int start, out int length); from = start + length)
        {
            matches.Add(line.CellsOf(start, length));
        }
    }
}
