using System.Globalization;
using System.Text;

namespace Tether.Protocol.Model;

/// <summary>
/// A desktop notification as the sequence that a terminal shows one for. Grammar, ST being ESC \:
/// <code>
/// OSC 9 ; text ST                                      iTerm2
/// OSC 777 ; notify ; title ; text ST                   rxvt-unicode, and most others after it
/// OSC 99 ; i=id:d=0:o=unfocused ; title ST
/// OSC 99 ; i=id:d=1:p=body ; text ST                   kitty
/// ESC P tmux ; the same with each ESC doubled ST       tmux, which hands it on where allow-passthrough is on
/// </code>
/// </summary>
public static class DesktopAlert
{
    public const string Osc9 = "osc9";

    public const string Osc777 = "osc777";

    public const string Osc99 = "osc99";

    /// <summary>Behind one of the others: the terminal stands behind a tmux.</summary>
    public const string BehindTmux = "-tmux";

    // Desktops show less of either.
    private const int MostTitle = 100;
    private const int MostText = 300;

    /// <summary>True for a way that <see cref="Encode"/> knows.</summary>
    public static bool IsSequence(string? way) => Plain(way) is Osc9 or Osc777 or Osc99;

    /// <summary>The bytes for a terminal. What the texts hold cannot end the sequence, nor make another one of it.</summary>
    /// <param name="way">One for which <see cref="IsSequence"/> is true.</param>
    /// <param name="id">Of ASCII letters and digits; an alert with the same id takes the place of the former one where the terminal can do that.</param>
    /// <param name="title">In a few words.</param>
    /// <param name="text">More of it; may be empty.</param>
    /// <exception cref="ArgumentException">There is no such way.</exception>
    public static byte[] Encode(string way, string id, string title, string text)
    {
        var (head, body) = (Clean(title, MostTitle), Clean(text, MostText));
        var sequence = Plain(way) switch
        {
            Osc9 => $"\e]9;{WithoutSeparators(body.Length > 0 ? $"{head} — {body}" : head)}\e\\",
            Osc777 => $"\e]777;notify;{WithoutSeparators(head)};{WithoutSeparators(body)}\e\\",
            Osc99 => $"\e]99;i={Identifier(id)}:d=0:o=unfocused;{head}\e\\\e]99;i={Identifier(id)}:d=1:p=body;{body}\e\\",
            _ => throw new ArgumentException($"“{way}” is no way to alert", nameof(way)),
        };
        return Encoding.UTF8.GetBytes(way.EndsWith(BehindTmux, StringComparison.Ordinal) ? Wrapped(sequence) : sequence);
    }

    private static string? Plain(string? way) => way is not null && way.EndsWith(BehindTmux, StringComparison.Ordinal) ? way[..^BehindTmux.Length] : way;

    // tmux ends a passed sequence at the first ST, so each of several gets an envelope of its own.
    private static string Wrapped(string sequences) => string.Concat(
        sequences.Split("\e\\", StringSplitOptions.RemoveEmptyEntries).Select(one => $"\ePtmux;{$"{one}\e\\".Replace("\e", "\e\e", StringComparison.Ordinal)}\e\\"));

    private static string WithoutSeparators(string text) => text.Replace(';', ',');

    private static string Identifier(string id) => string.Concat(id.Where(char.IsAsciiLetterOrDigit).Take(32));

    private static string Clean(string text, int most)
    {
        var clean = new StringBuilder();
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count == most)
            {
                return clean.Append('…').ToString();
            }

            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                clean.Append(' ');
            }
            else if (category != UnicodeCategory.Format || rune.Value is 0x200c or 0x200d)
            {
                clean.Append(rune.ToString());
            }

            count++;
        }

        return clean.ToString().Trim();
    }
}
