using System.Globalization;
using System.Text;

namespace Tether.Daemon.Approvals;

/// <summary>Makes harmless what an agent wrote: no control characters, no direction marks that make a text look like another one.</summary>
internal static class CleanText
{
    private const int MaxLine = 300;
    private const int MaxText = 256 * 1024;

    /// <summary>One line; longer ones are cut with an ellipsis.</summary>
    public static string Line(string text, int most = MaxLine)
    {
        var line = Clean(text.Length > 4 * most ? text[..(4 * most)] : text, isOneLine: true).Trim();
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[most - 2]) ? most - 2 : most - 1), "…");
    }

    /// <summary>Line feeds and tabs stay.</summary>
    public static string Lines(string text) => text.Length <= MaxText
        ? Clean(text, isOneLine: false)
        : Clean(text[..MaxText], isOneLine: false) + $"\n… cut: {text.Length - MaxText} more characters";

    private static string Clean(string text, bool isOneLine)
    {
        if (!text.Any(character => char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '\n' or '\t')
            {
                clean.Append(isOneLine ? ' ' : character);
            }
            else if (character == '\r')
            {
                continue;
            }
            else if (char.IsControl(character))
            {
                // As editors show it: what is there can be seen, and does nothing.
                clean.Append(character < ' ' ? (char)(0x2400 + character) : '\ufffd');
            }
            else if (character is '\u200d' or '\u200c' || char.GetUnicodeCategory(character) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                clean.Append(character);
            }
        }

        return clean.ToString();
    }
}
