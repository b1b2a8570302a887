using System.Text;
using System.Text.RegularExpressions;

namespace Tether.EndToEnd.Tests.Dashboard.Support;

/// <summary>What a person sees of a screen, to be compared with another one of another moment: ages, the clock and where they begin do not count.</summary>
internal static partial class Appearance
{
    public static string Of(OuterScreen screen) => string.Join('\n', screen.AnsiLines.Select(Line));

    /// <summary>The same without colours.</summary>
    public static string Of(Picture picture) => Times().Replace(string.Join('\n', picture.Lines), "#");

    // Runs of equal cells with their style before them, however the renditions were written.
    private static string Line(string ansi)
    {
        var (text, style, at) = (new StringBuilder(), "", 0);
        string? written = null;
        while (at < ansi.Length)
        {
            if (Rendition().Match(ansi, at) is { Success: true } match && match.Index == at)
            {
                (style, at) = (match.Groups[1].Value, at + match.Length);
                continue;
            }

            var shown = ansi[at] == ' ' ? Foreground().Replace(style, "") : style;
            if (shown != written)
            {
                text.Append('{').Append(written = shown).Append('}');
            }

            text.Append(ansi[at++]);
        }

        return Times().Replace(text.ToString(), "#");
    }

    [GeneratedRegex(@"\G\e\[([0-9;:]*)m")]
    private static partial Regex Rendition();

    // A blank has no foreground; nor is it bold, faint or italic.
    [GeneratedRegex(@"(?<![0-9]|[34]8;5;)(38;5;\d+|38;2;\d+;\d+;\d+|3[0-79]|9[0-7]|[0123]|)(;|$)")]
    private static partial Regex Foreground();

    [GeneratedRegex(@"\d\d:\d\d|<1m|\b\d+[smhd]\b|─+|━+| +")]
    private static partial Regex Times();
}
