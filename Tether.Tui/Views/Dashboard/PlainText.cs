using System.Globalization;
using System.Text;

namespace Tether.Tui.Views.Dashboard;

/// <summary>
/// Texts of others (titles, tags, notifications, last lines) as one line that changes nothing around it: controls and line breaks are blanks, what
/// turns the direction of writing and halves of surrogate pairs are left out.
/// </summary>
internal static class PlainText
{
    public static string Of(string text)
    {
        foreach (var character in text)
        {
            if (character is < ' ' or > '~')
            {
                return Clean(text);
            }
        }

        return text.Trim();
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                clean.Append(' ');
            }
            else if (!TurnsDirection(rune.Value) && rune != Rune.ReplacementChar)
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().Trim();
    }

    // Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9).
    private static bool TurnsDirection(int codePoint) => codePoint is 0x061c or 0x200e or 0x200f or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069);
}
