using System.Globalization;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;

namespace Tether.Tui.Tests.Support;

/// <summary>
/// A frame as a text to be read and compared: its size and cursor; its characters, a line a row; then a letter for every style, and how many
/// columns of each row have which.
/// </summary>
internal static class FrameText
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static string Of(Frame frame)
    {
        var cursor = frame.Cursor is { } at ? $", cursor in row {at.Row} column {at.Column} ({frame.CursorShape})" : ", no cursor";
        var text = new StringBuilder($"{frame.Columns}×{frame.Rows}{cursor}\n");
        var styles = new List<Style>();
        var runs = new List<string>();
        for (var row = 0; row < frame.Rows; row++)
        {
            text.Append($"|{Characters(frame.Row(row))}|\n");
            runs.Add(Runs(frame.Row(row), styles));
        }

        text.Append("\nstyles\n");
        for (var i = 0; i < styles.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Letter(i)}  {Words(styles[i])}\n");
        }

        return text.Append("\nrows\n").Append(Rows(runs)).ToString();
    }

    /// <summary>The characters of its rows.</summary>
    public static string[] Lines(Frame frame) => [.. Enumerable.Range(0, frame.Rows).Select(row => Characters(frame.Row(row)))];

    /// <summary>A style in words: `bold #ffffff on 4`, `default`.</summary>
    public static string Words(Style style)
    {
        var words = new List<string>();
        foreach (var flag in new[]
        {
            StyleFlags.Bold, StyleFlags.Faint, StyleFlags.Italic, StyleFlags.Blink, StyleFlags.RapidBlink, StyleFlags.Inverse, StyleFlags.Hidden,
            StyleFlags.Strike, StyleFlags.Overline,
        })
        {
            if ((style.Flags & flag) != 0)
            {
                words.Add(flag.ToString().ToLowerInvariant());
            }
        }

        if (style.Underline != UnderlineKind.None)
        {
            words.Add($"{style.Underline.ToString().ToLowerInvariant()}-underline");
            words.AddRange(style.UnderlineColor.IsDefault ? [] : [$"in {Words(style.UnderlineColor)}"]);
        }

        words.Add(Words(style.Foreground));
        words.AddRange(style.Background.IsDefault ? [] : [$"on {Words(style.Background)}"]);
        return string.Join(' ', words);
    }

    private static string Words(TerminalColor color) => color switch
    {
        { IsRgb: true } => $"#{color.Rgb:x6}",
        { IsPalette: true } => color.Index.ToString(CultureInfo.InvariantCulture),
        _ => "default",
    };

    private static string Characters(ReadOnlySpan<FrameCell> cells)
    {
        var line = new StringBuilder();
        foreach (ref readonly var cell in cells)
        {
            var symbol = new StringBuilder();
            cell.AppendTo(symbol);
            foreach (var rune in symbol.ToString().EnumerateRunes())
            {
                line.Append(IsSeen(rune) ? rune.ToString() : $"\\u{{{rune.Value:x}}}");
            }
        }

        return line.ToString();
    }

    private static bool IsSeen(Rune rune)
    {
        const int Joiner = 0x200d;
        return rune.Value == Joiner || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
    }

    private static string Runs(ReadOnlySpan<FrameCell> cells, List<Style> styles)
    {
        var runs = new List<string>();
        for (var column = 0; column < cells.Length;)
        {
            var first = column;
            while (column < cells.Length && cells[column].Style == cells[first].Style)
            {
                column++;
            }

            var known = styles.IndexOf(cells[first].Style);
            if (known < 0)
            {
                known = styles.Count;
                styles.Add(cells[first].Style);
            }

            runs.Add($"{Letter(known)}{column - first}");
        }

        return string.Join(' ', runs);
    }

    private static string Rows(List<string> runs)
    {
        var text = new StringBuilder();
        for (var row = 0; row < runs.Count;)
        {
            var first = row;
            while (row < runs.Count && runs[row] == runs[first])
            {
                row++;
            }

            text.Append(CultureInfo.InvariantCulture, $"{(row - first == 1 ? $"{first}" : $"{first}-{row - 1}")}: {runs[first]}\n");
        }

        return text.ToString();
    }

    // Beyond 52 styles: a1, b1 …; told apart from the count by the apostrophe.
    private static string Letter(int style) => style < Letters.Length ? $"{Letters[style]}" : $"{Letters[style % Letters.Length]}{style / Letters.Length}'";
}
