using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>
/// Rows of an emulator as one HTML page that needs nothing else: a <c>pre</c> with a <c>span</c> for each change of style. The same state gives the
/// same bytes. What the program printed is escaped; of its links only http, https, file and mailto become links.
/// </summary>
public static class HtmlWriter
{
    private const StyleFlags OtherLines = StyleFlags.Strike | StyleFlags.Overline;

    /// <param name="emulator">Whose rows.</param>
    /// <param name="firstRow">Absolute number of the first row; rows that are no longer kept are left out.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="output">Receives UTF-8.</param>
    /// <param name="options">What else is drawn.</param>
    public static void Write(TerminalEmulator emulator, long firstRow, int count, IBufferWriter<byte> output, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        ArgumentNullException.ThrowIfNull(options);
        PictureLook screen = PictureLook.OfScreen(emulator.Screen);
        var html = new StringBuilder();
        AppendHead(html, emulator, screen);
        long end = Math.Min(firstRow + Math.Max(0, count), emulator.TopRow + emulator.Rows);
        var row = new PictureRow(emulator, options);
        for (long number = Math.Max(firstRow, emulator.FirstRow); number < end; number++)
        {
            foreach (PictureRun run in row.Read(number))
            {
                AppendRun(html, run, screen, PictureRow.CursorColor(emulator.Screen));
            }

            html.Append('\n');
            Flush(html, output);
        }

        html.Append("</pre>\n</body>\n</html>\n");
        Flush(html, output);
    }

    private static void AppendHead(StringBuilder html, TerminalEmulator emulator, PictureLook screen)
    {
        // No script runs and nothing is fetched, whatever comes after this.
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>")
            .AppendEscaped(emulator.Title.Length > 0 ? emulator.Title : emulator.Options.Name)
            .Append("</title>\n<style>\nbody { margin: 0; background: ").AppendColor(screen.Background)
            .Append("; }\npre { margin: 0; padding: 1ch; font: 15px/1.2 monospace; width: ").Append(emulator.Columns)
            .Append("ch; color: ").AppendColor(screen.Foreground).Append("; background: ").AppendColor(screen.Background)
            .Append("; }\na { color: inherit; text-decoration: none; }\na:hover { text-decoration: underline; }\n")
            .Append("i { display: inline-block; font-style: inherit; }\n</style>\n</head>\n<body>\n")

            // The line feed behind the tag is none of the text.
            .Append("<pre>\n");
    }

    private static void AppendRun(StringBuilder html, PictureRun run, PictureLook screen, int cursorColor)
    {
        if (run.Link is { } link)
        {
            html.Append("<a rel=\"noreferrer\" href=\"").AppendEscaped(link).Append("\">");
        }

        string style = StyleOf(run, screen, cursorColor);
        string underline = UnderlineOf(run.Look);

        // One element has one kind and colour for all of its lines.
        bool isNested = underline.Length > 0 && run.Look.Has(OtherLines);
        style += isNested || underline.Length == 0 ? "" : $"text-decoration:{underline};";
        string element = run.IsFitted ? "i" : "span";
        html.Append(style.Length > 0 ? $"<{element} style=\"{style[..^1]}\">" : "");
        html.Append(isNested ? $"<span style=\"text-decoration:{underline}\">" : "");
        html.AppendEscaped(run.Text);
        html.Append(isNested ? "</span>" : "");
        html.Append(style.Length > 0 ? $"</{element}>" : "");
        html.Append(run.Link is null ? "" : "</a>");
    }

    private static string StyleOf(PictureRun run, PictureLook screen, int cursorColor)
    {
        PictureLook look = run.Look;
        var style = new StringBuilder(run.IsFitted ? $"width:{run.Columns}ch;" : "");
        if (look.Foreground != screen.Foreground)
        {
            style.Append("color:").AppendColor(look.Foreground).Append(';');
        }

        if (look.Background != screen.Background)
        {
            style.Append("background:").AppendColor(look.Background).Append(';');
        }

        style.Append(look.Has(StyleFlags.Bold) ? "font-weight:bold;" : "").Append(look.Has(StyleFlags.Italic) ? "font-style:italic;" : "");
        if (look.Has(OtherLines))
        {
            style.Append("text-decoration:").Append(look.Has(StyleFlags.Strike) ? "line-through" : "")
                .Append(look.Has(StyleFlags.Strike) && look.Has(StyleFlags.Overline) ? " " : "")
                .Append(look.Has(StyleFlags.Overline) ? "overline" : "").Append(';');
        }

        string? edge = run.Cursor switch
        {
            CursorShape.BlinkingUnderline or CursorShape.SteadyUnderline => "0 -2px",
            CursorShape.BlinkingBar or CursorShape.SteadyBar => "2px 0",
            _ => null,
        };
        if (edge is not null)
        {
            style.Append("box-shadow:inset ").Append(edge).Append(' ').AppendColor(cursorColor).Append(';');
        }

        return style.ToString();
    }

    private static string UnderlineOf(PictureLook look)
    {
        string kind = look.Underline switch
        {
            UnderlineKind.Straight => "underline",
            UnderlineKind.Doubled => "underline double",
            UnderlineKind.Curly => "underline wavy",
            UnderlineKind.Dotted => "underline dotted",
            UnderlineKind.Dashed => "underline dashed",
            _ => "",
        };
        return kind.Length == 0 || look.LineColor == look.Foreground ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind} #{look.LineColor:x6}");
    }

    private static void Flush(StringBuilder html, IBufferWriter<byte> output)
    {
        output.Write(Encoding.UTF8.GetBytes(html.ToString()));
        html.Clear();
    }
}
