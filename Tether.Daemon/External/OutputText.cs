using System.Buffers;
using System.Text;

namespace Tether.Daemon.External;

/// <summary>
/// What an agent says, made fit for a terminal that it does not own: colours stay (SGR), lines and tabs stay, and nothing else that a terminal would act on.
/// What is cut off at the end of a text is dropped, for the next one is another text.
/// </summary>
internal static class OutputText
{
    private const char Escape = '\e';
    private const string Reset = "\e[0m";

    private static readonly SearchValues<char> Parameters = SearchValues.Create("0123456789;:");

    /// <summary>Line feeds for all kinds of line ends; without any other control but SGR and tab.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.AsSpan().ContainsAnyInRange('\u007f', '\u009f'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            i = Take(text, i, clean);
        }

        return clean.ToString();
    }

    /// <summary>The same as the bytes that show it on lines of its own; colours end with it.</summary>
    /// <param name="text">As it was given.</param>
    /// <param name="isPartial">What comes next stands right behind it.</param>
    public static byte[] Show(string text, bool isPartial = false)
    {
        var clean = Clean(text);
        var end = clean.EndsWith('\n') ? "\n" : "";
        var reset = clean.Contains(Escape) ? Reset : "";
        return Encoding.UTF8.GetBytes($"{clean.AsSpan(0, clean.Length - end.Length)}{reset}{(isPartial ? end : "\n")}");
    }

    // Takes what begins at a place, and gives the place behind it.
    private static int Take(string text, int at, StringBuilder clean)
    {
        switch (text[at])
        {
            case '\r':
                clean.Append('\n');
                return at + (at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1);
            case '\n' or '\t':
                clean.Append(text[at]);
                return at + 1;
            case Escape:
                return at + 1 < text.Length ? TakeEscape(text, at, clean) : at + 1;
            case '\u009b':
                return TakeControl(text, at + 1, clean);
            case '\u0090' or '\u0098' or '\u009d' or '\u009e' or '\u009f':
                return EndOfString(text, at + 1);
            case var character when char.IsControl(character):
                return at + 1;
            default:
                clean.Append(text[at]);
                return at + 1;
        }
    }

    private static int TakeEscape(string text, int at, StringBuilder clean)
    {
        switch (text[at + 1])
        {
            case '[':
                return TakeControl(text, at + 2, clean);
            case ']' or 'P' or 'X' or '^' or '_':
                return EndOfString(text, at + 2);
            case >= ' ' and <= '/':
                var end = at + 2;
                while (end < text.Length && text[end] is >= ' ' and <= '/')
                {
                    end++;
                }

                return end < text.Length && text[end] is >= '0' and <= '~' ? end + 1 : end;
            case >= '0' and <= '~':
                return at + 2;
            default:
                return at + 1;
        }
    }

    // ESC [ parameters (0x30-0x3f) intermediates (0x20-0x2f) final (0x40-0x7e)
    private static int TakeControl(string text, int start, StringBuilder clean)
    {
        var end = start;
        while (end < text.Length && text[end] is >= ' ' and <= '?')
        {
            end++;
        }

        if (end == text.Length || text[end] is < '@' or > '~')
        {
            return end;
        }

        if (text[end] == 'm' && !text.AsSpan(start, end - start).ContainsAnyExcept(Parameters))
        {
            clean.Append(Escape).Append('[').Append(text, start, end - start + 1);
        }

        return end + 1;
    }

    private static int EndOfString(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\a' or '\u009c':
                    return i + 1;
                case Escape when i + 1 < text.Length && text[i + 1] == '\\':
                    return i + 2;
            }
        }

        return text.Length;
    }
}
