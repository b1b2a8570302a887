using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>
/// Rows of an emulator as one SVG picture: every word is a text of its own with its place and its width, so that columns stay in line in any font;
/// lines and blocks are drawn, so that they meet. The same state gives the same bytes. Escaping and links as in <see cref="HtmlWriter"/>.
/// </summary>
public static class SvgWriter
{
    /// <summary>Of a cell, in the picture's units: a monospaced glyph is 0.6 of its font's size wide.</summary>
    public const int CellWidth = 9;
    public const int CellHeight = 18;
    private const int FontSize = 15;

    // Below a cell's top edge.
    private const int Baseline = 14;
    private const int UnderlineAt = 16;
    private const int StrikeAt = 9;

    /// <param name="emulator">Whose rows.</param>
    /// <param name="firstRow">Absolute number of the first row; rows that are no longer kept are left out.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="output">Receives UTF-8.</param>
    /// <param name="options">What else is drawn.</param>
    public static void Write(TerminalEmulator emulator, long firstRow, int count, IBufferWriter<byte> output, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        ArgumentNullException.ThrowIfNull(options);
        long first = Math.Max(firstRow, emulator.FirstRow);
        long end = Math.Max(first, Math.Min(firstRow + Math.Max(0, count), emulator.TopRow + emulator.Rows));
        PictureLook screen = PictureLook.OfScreen(emulator.Screen);
        var svg = new StringBuilder();
        AppendHead(svg, emulator, screen, (int)(end - first));
        var row = new PictureRow(emulator, options);
        for (long number = first; number < end; number++)
        {
            int top = (int)(number - first) * CellHeight;
            IReadOnlyList<PictureRun> runs = row.Read(number);
            foreach (PictureRun run in runs)
            {
                if (run.Look.Background != screen.Background)
                {
                    AppendRectangle(svg, Left(run), top, run.Columns * CellWidth, CellHeight, run.Look.Background);
                }
            }

            foreach (PictureRun run in runs)
            {
                AppendRun(svg, run, top, screen, PictureRow.CursorColor(emulator.Screen));
            }

            Flush(svg, output);
        }

        svg.Append("</svg>\n");
        Flush(svg, output);
    }

    private static int Left(PictureRun run) => run.Column * CellWidth;

    private static void AppendHead(StringBuilder svg, TerminalEmulator emulator, PictureLook screen, int rows)
    {
        int width = emulator.Columns * CellWidth;
        int height = rows * CellHeight;
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" ")
            .Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {width} {height}\" font-family=\"monospace\" font-size=\"{FontSize}\" fill=\"#{screen.Foreground:x6}\" xml:space=\"preserve\">\n")
            .Append("<title>").AppendEscaped(emulator.Title.Length > 0 ? emulator.Title : emulator.Options.Name).Append("</title>\n");
        AppendRectangle(svg, 0, 0, width, height, screen.Background);
    }

    private static void AppendRun(StringBuilder svg, PictureRun run, int top, PictureLook screen, int cursorColor)
    {
        if (run.Link is { } link)
        {
            svg.Append("<a rel=\"noreferrer\" href=\"").AppendEscaped(link).Append("\">\n");
        }

        if (!run.IsBlank)
        {
            AppendText(svg, run, top, screen);
        }

        AppendLines(svg, run, top);
        switch (run.Cursor)
        {
            case CursorShape.BlinkingUnderline or CursorShape.SteadyUnderline:
                AppendRectangle(svg, Left(run), top + CellHeight - 2, run.Columns * CellWidth, 2, cursorColor);
                break;
            case CursorShape.BlinkingBar or CursorShape.SteadyBar:
                AppendRectangle(svg, Left(run), top, 2, CellHeight, cursorColor);
                break;
        }

        svg.Append(run.Link is null ? "" : "</a>\n");
    }

    // Blanks are columns, not text: renderers disagree on them, and on how wide a glyph is. So each word has its own place.
    private static void AppendText(StringBuilder svg, PictureRun run, int top, PictureLook screen)
    {
        if (run.IsFitted)
        {
            AppendWord(svg, run, run.Text, run.Column, run.Columns, top, screen);
            return;
        }

        var shapes = new StringBuilder();
        var word = new StringBuilder();
        int column = run.Column;
        int first = column;
        foreach (Rune rune in run.Text.EnumerateRunes())
        {
            if (rune.Value == ' ' || AppendShape(svg, shapes, rune.Value, column * CellWidth, top, run.Look.Foreground))
            {
                AppendWord(svg, run, word.ToString(), first, column - first, top, screen);
                word.Clear();
                first = column + 1;
            }
            else
            {
                word.Append(rune);
            }

            column++;
        }

        AppendWord(svg, run, word.ToString(), first, column - first, top, screen);
        if (shapes.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{shapes}\" fill=\"#{run.Look.Foreground:x6}\"/>\n");
        }
    }

    private static bool AppendShape(StringBuilder svg, StringBuilder shapes, int codePoint, int left, int top, int color)
    {
        if (BlockGlyph.ShadeOf(codePoint) is var percent and > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{left} {top}h{CellWidth}v{CellHeight}h-{CellWidth}z\" fill=\"#{color:x6}\" fill-opacity=\".{percent}\"/>\n");
            return true;
        }

        return LineGlyph.Append(shapes, codePoint, left, top) || BlockGlyph.Append(shapes, codePoint, left, top);
    }

    private static void AppendWord(StringBuilder svg, PictureRun run, string word, int column, int columns, int top, PictureLook screen)
    {
        if (word.Length == 0)
        {
            return;
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{column * CellWidth}\" y=\"{top + Baseline}\"")
            .Append(run.Look.Foreground != screen.Foreground ? $" fill=\"#{run.Look.Foreground:x6}\"" : "")
            .Append(run.Look.Has(StyleFlags.Bold) ? " font-weight=\"bold\"" : "").Append(run.Look.Has(StyleFlags.Italic) ? " font-style=\"italic\"" : "")
            .Append(CultureInfo.InvariantCulture, $" textLength=\"{columns * CellWidth}\"")
            .Append(run.IsFitted ? " lengthAdjust=\"spacingAndGlyphs\">" : ">").AppendEscaped(word).Append("</text>\n");
    }

    private static void AppendLines(StringBuilder svg, PictureRun run, int top)
    {
        int line = top + UnderlineAt;
        switch (run.Look.Underline)
        {
            case UnderlineKind.Straight:
                AppendLine(svg, run, line, run.Look.LineColor);
                break;
            case UnderlineKind.Doubled:
                AppendLine(svg, run, line - 1, run.Look.LineColor);
                AppendLine(svg, run, line + 1, run.Look.LineColor);
                break;
            case UnderlineKind.Curly:
                AppendCurl(svg, run, line);
                break;
            case UnderlineKind.Dotted:
                AppendLine(svg, run, line, run.Look.LineColor, dashes: "1 2");
                break;
            case UnderlineKind.Dashed:
                AppendLine(svg, run, line, run.Look.LineColor, dashes: "6 3");
                break;
        }

        if (run.Look.Has(StyleFlags.Strike))
        {
            AppendLine(svg, run, top + StrikeAt, run.Look.Foreground);
        }

        if (run.Look.Has(StyleFlags.Overline))
        {
            AppendLine(svg, run, top + 1, run.Look.Foreground);
        }
    }

    private static void AppendLine(StringBuilder svg, PictureRun run, int y, int color, string? dashes = null)
    {
        string dashArray = dashes is null ? "" : $" stroke-dasharray=\"{dashes}\"";
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left(run)} {y}.5h{run.Columns * CellWidth}\" stroke=\"#{color:x6}\"{dashArray}/>\n");
    }

    // A wave for each column: half of it above, half below the line.
    private static void AppendCurl(StringBuilder svg, PictureRun run, int y)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left(run)} {y}.5");
        for (int column = 0; column < run.Columns; column++)
        {
            svg.Append("q2.25 -3 4.5 0t4.5 0");
        }

        svg.Append(CultureInfo.InvariantCulture, $"\" fill=\"none\" stroke=\"#{run.Look.LineColor:x6}\"/>\n");
    }

    private static void AppendRectangle(StringBuilder svg, int x, int y, int width, int height, int color) =>
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#{color:x6}\"/>\n");

    private static void Flush(StringBuilder svg, IBufferWriter<byte> output)
    {
        output.Write(Encoding.UTF8.GetBytes(svg.ToString()));
        svg.Clear();
    }
}
