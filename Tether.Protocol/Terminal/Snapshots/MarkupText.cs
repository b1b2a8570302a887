using System.Globalization;
using System.Text;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>Text of programs in HTML and SVG: nothing of it is markup.</summary>
internal static class MarkupText
{
    /// <summary>Escaped for text and for quoted attributes of both languages; what XML does not allow is replaced.</summary>
    public static StringBuilder AppendEscaped(this StringBuilder markup, string text)
    {
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => markup.Append("&amp;"),
                '<' => markup.Append("&lt;"),
                '>' => markup.Append("&gt;"),
                '"' => markup.Append("&quot;"),
                '\'' => markup.Append("&#39;"),
                < ' ' or '\u007f' or '\ufffe' or '\uffff' => markup.Append('\ufffd'),
                _ => markup.Append(c),
            };
        }

        return markup;
    }

    /// <summary>#rrggbb.</summary>
    public static StringBuilder AppendColor(this StringBuilder markup, int color) => markup.Append(CultureInfo.InvariantCulture, $"#{color:x6}");
}
