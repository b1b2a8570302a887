using System.Text.RegularExpressions;

namespace Tether.Daemon.Agents.Screens;

/// <summary>
/// A pattern of a rule, in the syntax of .NET's regular expressions without what cannot be matched in linear time; `^` and `$` are the ends of lines. Matched by the engine
/// that tries one way after the other, for it is small and there are hundreds of patterns. A screen on which that takes long has the pattern matched by
/// RegexOptions.NonBacktracking from then on, which costs a third of a megabyte and never takes longer than in proportion to the text. Any thread may ask.
/// </summary>
internal sealed class ScreenPattern
{
    /// <summary>A screen is looked through in less than a millisecond.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private const int MostCharacters = 2000;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Multiline;

    private volatile Regex _regex;

    private ScreenPattern(string text) => _regex = new Regex(text, Options, Patience);

    /// <summary>It has met a screen on which it took long.</summary>
    public bool IsLinear => _regex.Options.HasFlag(RegexOptions.NonBacktracking);

    /// <summary>A pattern; null, and why, when it is none or cannot be matched in linear time.</summary>
    /// <param name="isChecked">It is known that it can: finding out takes a while and much memory.</param>
    public static ScreenPattern? Compile(string text, bool isChecked, out string? problem)
    {
        problem = text.Length is 0 or > MostCharacters ? $"wants a pattern of 1–{MostCharacters} characters" : null;
        if (problem is not null)
        {
            return null;
        }

        try
        {
            if (!isChecked)
            {
                _ = Linear(text);
            }

            return new ScreenPattern(text);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            problem = $"is no pattern that can be matched in linear time: {e.Message}";
            return null;
        }
    }

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return BecomeLinear().IsMatch(text);
        }
    }

    /// <summary>Where it is found last; null when it is not.</summary>
    public Match? Last(string text)
    {
        try
        {
            return _regex.Matches(text).LastOrDefault();
        }
        catch (RegexMatchTimeoutException)
        {
            return BecomeLinear().Matches(text).LastOrDefault();
        }
    }

    private static Regex Linear(string text) => new(text, Options | RegexOptions.NonBacktracking);

    private Regex BecomeLinear() => _regex = Linear(_regex.ToString());
}
