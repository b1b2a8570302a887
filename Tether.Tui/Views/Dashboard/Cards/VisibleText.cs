using System.Globalization;
using System.Text;
using Tether.Protocol.Terminal.Unicode;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Dashboard.Cards;

/// <summary>
/// Texts that a person decides on, so that he sees all that is in them: what would not be seen, or would change how the rest is read (controls, other
/// directions of writing, blanks that are none, characters without a shape) stands as `\u{202e}`; tabs are blanks up to the next stop.
/// </summary>
internal static class VisibleText
{
    private const int TabColumns = 4;
    private const int ZeroWidthJoiner = 0x200d;
    private const int IdeographicSpace = 0x3000;

    /// <summary>The lines of a text, without what ended them.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        var start = 0;
        while (text.IndexOf('\n', start) is var end and >= 0)
        {
            yield return Line(text.AsSpan(start, end - start));
            start = end + 1;
        }

        if (start < text.Length)
        {
            yield return Line(text.AsSpan(start));
        }
    }

    /// <summary>One line; a line feed in it is shown too, the carriage return of a line end is not.</summary>
    public static string Line(ReadOnlySpan<char> text)
    {
        text = text is [.. var before, '\r'] ? before : text;
        return text.ContainsAnyExceptInRange(' ', '~') ? Show(text) : text.ToString();
    }

    private static string Show(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder(text.Length + 8);
        var (previous, column, measured) = (0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\t')
            {
                column += TextWidth.Of(shown.ToString(measured, shown.Length - measured));
                var blanks = TabColumns - (column % TabColumns);
                (column, measured) = (column + blanks, shown.Length + blanks);
                shown.Append(' ', blanks);
            }
            else if (IsSeen(rune, previous))
            {
                shown.Append(rune);
            }
            else
            {
                Tell(rune, shown);
            }

            previous = rune.Value;
        }

        return WithoutGaps(shown.ToString());
    }

    // What takes no column, as a vowel of Hangul without its consonant, would be gone from the screen.
    private static string WithoutGaps(string text)
    {
        StringBuilder? shown = null;
        for (var at = 0; at < text.Length;)
        {
            var length = DisplayWidth.NextCluster(text.AsSpan(at), out var width);
            if (width == 0)
            {
                shown ??= new StringBuilder(text, 0, at, text.Length + 8);
                foreach (var rune in text.AsSpan(at, length).EnumerateRunes())
                {
                    Tell(rune, shown);
                }
            }
            else
            {
                shown?.Append(text, at, length);
            }

            at += length;
        }

        return shown?.ToString() ?? text;
    }

    private static void Tell(Rune rune, StringBuilder shown) => shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");

    /// <summary>True for a character that can be seen behind another one (0 for none): joiners belong between what they join, a mark needs something to stand on.</summary>
    public static bool IsSeen(Rune rune, int previous) => rune.Value switch
    {
        ' ' or IdeographicSpace => true,
        ZeroWidthJoiner => previous > '~',
        0x115f or 0x1160 or 0x3164 or 0xffa0 or 0x2800 => false,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator => false,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => previous > ' ',
            _ => true,
        },
    };
}
