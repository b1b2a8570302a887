using System.Globalization;
using System.Text;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Tui.Rendering;

/// <summary>How many columns a text takes, as the emulator (mode 2027) and the terminals that we draw on count them.</summary>
internal static class TextWidth
{
    /// <summary>Of a whole text without controls.</summary>
    public static int Of(string text)
    {
        var width = 0;
        foreach (var cluster in Clusters(text))
        {
            width += OfCluster(cluster);
        }

        return width;
    }

    /// <summary>The text if it fits into so many columns, else its beginning and `…`.</summary>
    public static string Cut(string text, int columns)
    {
        if (Of(text) <= columns)
        {
            return text;
        }

        var kept = new StringBuilder();
        var used = 0;
        foreach (var cluster in Clusters(text))
        {
            used += OfCluster(cluster);
            if (used > columns - 1)
            {
                break;
            }

            kept.Append(cluster);
        }

        return columns > 0 ? kept.Append('…').ToString() : "";
    }

    /// <summary>Its extended grapheme clusters.</summary>
    public static IEnumerable<string> Clusters(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    /// <summary>1 or 2; 0 for nothing but marks.</summary>
    public static int OfCluster(string cluster)
    {
        var width = 0;
        foreach (var rune in cluster.EnumerateRunes())
        {
            width = rune.Value == 0xFE0F && width > 0 ? 2 : Math.Max(width, DisplayWidth.Of(rune));
        }

        return Math.Min(2, width);
    }
}
