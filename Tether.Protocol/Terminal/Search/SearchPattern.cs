using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Tether.Protocol.Terminal.Search;

/// <summary>What to look for: literal text or a regular expression. Matches never overlap and are never empty. Immutable.</summary>
public sealed class SearchPattern
{
    /// <summary>Characters that a pattern may have.</summary>
    public const int MaxLength = 1000;

    private readonly SearchValues<string>? _literal;
    private readonly int _length;
    private readonly Regex? _regex;

    private SearchPattern(string text, bool ignoreCase)
    {
        _literal = SearchValues.Create([text], ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        _length = text.Length;
    }

    private SearchPattern(Regex regex) => _regex = regex;

    /// <summary>Text as it stands, compared character by character.</summary>
    /// <returns>False, with a message for a person, if the text is empty or too long.</returns>
    public static bool TryLiteral(
        string text, SearchCase letters, [NotNullWhen(true)] out SearchPattern? pattern, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        pattern = null;
        if (!HasLength(text, out error))
        {
            return false;
        }

        pattern = new SearchPattern(text, letters == SearchCase.Insensitive || (letters == SearchCase.Smart && !text.Any(char.IsUpper)));
        return true;
    }

    /// <summary>
    /// A .NET regular expression without back-references and look-around, so that it takes time in proportion to the text (RegexOptions.NonBacktracking).
    /// <c>^</c> and <c>$</c> are the ends of a logical line.
    /// </summary>
    /// <returns>False, with a message for a person, if it is none.</returns>
    public static bool TryRegex(
        string text, SearchCase letters, [NotNullWhen(true)] out SearchPattern? pattern, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        pattern = null;
        if (!HasLength(text, out error))
        {
            return false;
        }

        bool ignoreCase = letters == SearchCase.Insensitive || (letters == SearchCase.Smart && !RegexLetters.HasUpperCase(text));
        RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            pattern = new SearchPattern(new Regex(text, options));
            return true;
        }
        catch (ArgumentException e)
        {
            error = e.Message;
            return false;
        }
        catch (NotSupportedException e)
        {
            error = $"“{text}” is no pattern that can be matched in linear time: {e.Message}";
            return false;
        }
    }

    /// <summary>The next match from an offset on; false if there is none.</summary>
    internal bool Find(ReadOnlySpan<char> text, int from, out int start, out int length)
    {
        if (_literal is not null)
        {
            int index = text[from..].IndexOfAny(_literal);
            (start, length) = (from + index, _length);
            return index >= 0;
        }

        foreach (ValueMatch match in _regex!.EnumerateMatches(text, from))
        {
            if (match.Length > 0)
            {
                (start, length) = (match.Index, match.Length);
                return true;
            }
        }

        (start, length) = (0, 0);
        return false;
    }

    private static bool HasLength(string text, [NotNullWhen(false)] out string? error)
    {
        error = text.Length is > 0 and <= MaxLength ? null : $"a search wants a pattern of 1–{MaxLength} characters, not {text.Length}";
        return error is null;
    }
}
