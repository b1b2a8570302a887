namespace Tether.Tui.Views.Controls;

/// <summary>
/// How well what was typed matches a text in which all its letters occur in this order. Letters that begin words and letters one after another count
/// more, gaps and late beginnings less; case does not count. Blanks separate words that each match by themselves.
/// </summary>
internal static class FuzzyMatch
{
    private const int Letter = 16;
    private const int WordStart = 12;
    private const int Consecutive = 14;
    private const int TextStart = 8;
    private const int Impossible = int.MinValue / 2;

    /// <summary>Longer texts are matched by their beginning.</summary>
    private const int MaxLength = 512;

    /// <summary>Null if it does not match; otherwise the higher the better, 0 for nothing typed.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="text">Where it is looked for.</param>
    /// <param name="positions">Gets the UTF-16 positions of the matched letters, ascending; not cleared before.</param>
    public static int? Score(ReadOnlySpan<char> typed, ReadOnlySpan<char> text, List<int>? positions = null)
    {
        text = text[..Math.Min(text.Length, MaxLength)];
        var (total, first) = (0, positions?.Count ?? 0);
        foreach (var range in typed.Split(' '))
        {
            if (!typed[range].IsEmpty)
            {
                if (ScoreWord(typed[range], text, positions) is not { } score)
                {
                    positions?.RemoveRange(first, positions.Count - first);
                    return null;
                }

                total += score;
            }
        }

        positions?.Sort(first, positions.Count - first, null);
        return total;
    }

    // best[i, j]: the best score of the first i + 1 letters with the last of them at j.
    private static int? ScoreWord(ReadOnlySpan<char> word, ReadOnlySpan<char> text, List<int>? positions)
    {
        if (word.Length > text.Length || !IsSubsequence(word, text))
        {
            return null;
        }

        var best = new int[word.Length, text.Length];
        var from = new int[word.Length, text.Length];
        for (var i = 0; i < word.Length; i++)
        {
            var (before, beforeAt) = (Impossible, -1);
            for (var j = 0; j < text.Length; j++)
            {
                best[i, j] = Impossible;
                if (i > 0 && j >= 2 && best[i - 1, j - 2] > before)
                {
                    (before, beforeAt) = (best[i - 1, j - 2], j - 2);
                }

                if (!IsSame(word[i], text[j]))
                {
                    continue;
                }

                var own = Letter + (IsWordStart(text, j) ? WordStart : 0);
                if (i == 0)
                {
                    best[i, j] = own + (j == 0 ? TextStart : 0) - Math.Min(j, 10);
                    continue;
                }

                var together = j > 0 && best[i - 1, j - 1] > Impossible ? best[i - 1, j - 1] + Consecutive : Impossible;
                var apart = before > Impossible ? before - Math.Min(j - beforeAt - 1, 8) : Impossible;
                (best[i, j], from[i, j]) = together >= apart ? (Plus(together, own), j - 1) : (Plus(apart, own), beforeAt);
            }
        }

        var end = 0;
        for (var j = 1; j < text.Length; j++)
        {
            end = best[word.Length - 1, j] > best[word.Length - 1, end] ? j : end;
        }

        for (var (i, j) = (word.Length - 1, end); i >= 0 && positions is not null; j = from[i, j], i--)
        {
            positions.Add(j);
        }

        return best[word.Length - 1, end];
    }

    private static int Plus(int score, int own) => score <= Impossible ? Impossible : score + own;

    private static bool IsSubsequence(ReadOnlySpan<char> word, ReadOnlySpan<char> text)
    {
        var at = 0;
        foreach (var letter in text)
        {
            at += at < word.Length && IsSame(word[at], letter) ? 1 : 0;
        }

        return at == word.Length;
    }

    private static bool IsSame(char one, char other) => one == other || char.ToLowerInvariant(one) == char.ToLowerInvariant(other);

    private static bool IsWordStart(ReadOnlySpan<char> text, int at) => at == 0
        || (char.IsLetterOrDigit(text[at]) && !char.IsLetterOrDigit(text[at - 1]))
        || (char.IsUpper(text[at]) && char.IsLower(text[at - 1]));
}
