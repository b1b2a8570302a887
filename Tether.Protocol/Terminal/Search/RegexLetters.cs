namespace Tether.Protocol.Terminal.Search;

/// <summary>The letters of a regular expression that stand for themselves, for smart case.</summary>
internal static class RegexLetters
{
    /// <summary>True if an upper-case letter is searched for; those in <c>\S</c>, <c>\p{Lu}</c>, <c>\x4A</c> and names of groups are not.</summary>
    public static bool HasUpperCase(string pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i = EndOfEscape(pattern, i + 1);
            }
            else if (pattern[i] == '(' && i + 2 < pattern.Length && pattern[i + 1] == '?' && pattern[i + 2] is '<' or '\'')
            {
                i = EndOf(pattern, i + 3, pattern[i + 2] == '<' ? '>' : '\'');
            }
            else if (char.IsUpper(pattern[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Index of the last character of an escape, whose letter is at <paramref name="at"/>.</summary>
    private static int EndOfEscape(string pattern, int at) => at >= pattern.Length ? at : pattern[at] switch
    {
        'p' or 'P' => EndOf(pattern, at, '}'),
        'u' => at + 4,
        'x' => at + 2,
        'c' => at + 1,
        _ => at,
    };

    private static int EndOf(string pattern, int from, char end)
    {
        int index = pattern.IndexOf(end, from);
        return index < 0 ? pattern.Length : index;
    }
}
