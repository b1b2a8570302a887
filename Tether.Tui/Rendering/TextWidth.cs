using Tether.Protocol.Terminal.Unicode;

namespace Tether.Tui.Rendering;

/// <summary>How many columns a text takes, as the emulator (mode 2027) and the terminals that we draw on count them.</summary>
internal static class TextWidth
{
    /// <summary>Of a whole text without controls.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        var width = 0;
        while (!text.IsEmpty)
        {
            text = text[DisplayWidth.NextCluster(text, out var columns)..];
            width += columns;
        }

        return width;
    }

    /// <summary>The text if it fits into so many columns, else its beginning and `…`.</summary>
    public static string Cut(string text, int columns) =>
        Of(text) <= columns ? text : columns <= 0 ? "" : string.Concat(text.AsSpan(0, LengthWithin(text, columns - 1)), "…");

    /// <summary>The text in lines of at most so many columns, broken at blanks; longer words are cut.</summary>
    /// <param name="text">One paragraph.</param>
    /// <param name="columns">Of each line.</param>
    /// <param name="indent">In front of all lines but the first.</param>
    public static IEnumerable<string> Wrap(string text, int columns, string indent = "")
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && Of(line) + 1 + Of(word) > columns)
            {
                yield return Cut(line, columns);
                line = indent + word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return Cut(line, columns);
    }

    /// <summary>The last part of a text behind `…`, if it does not fit.</summary>
    public static string CutStart(string text, int columns)
    {
        var (at, width) = (0, Of(text));
        if (width <= columns)
        {
            return text;
        }

        while (at < text.Length && width > columns - 1)
        {
            at += DisplayWidth.NextCluster(text.AsSpan(at), out var dropped);
            width -= dropped;
        }

        return columns <= 0 ? "" : string.Concat("…", text.AsSpan(at));
    }

    /// <summary>How many UTF-16 units from the beginning fit into so many columns, in whole clusters.</summary>
    public static int LengthWithin(ReadOnlySpan<char> text, int columns)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = DisplayWidth.NextCluster(text[at..], out var width);
            columns -= width;
            if (columns < 0)
            {
                return at;
            }

            at += length;
        }

        return text.Length;
    }

    /// <summary>Its extended grapheme clusters.</summary>
    public static IEnumerable<string> Clusters(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = DisplayWidth.NextCluster(text.AsSpan(at), out _);
            yield return text.Substring(at, length);
            at += length;
        }
    }
}
