using System.Text;
using Spectre.Console;
using Tether.Tui.Rendering;
using Tether.Tui.Terminal;

namespace Tether.Tui.Output;

/// <summary>Rows for people: a table on a terminal, plain columns into a pipe or under NO_COLOR. Spectre.Console is loaded for the first only.</summary>
internal static class Table
{
    private const string Gap = "  ";
    private const int LeastColumns = 9;

    public static void Print(string[] headings, IReadOnlyList<string[]> rows)
    {
        if (StandardStreams.IsOutputTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        {
            PrintStyled(headings, Fit(headings, rows, AnsiConsole.Profile.Width));
        }
        else
        {
            StandardStreams.Print(Plain(headings, rows));
        }
    }

    /// <summary>Columns padded to their longest cell, so that `awk` and people can read them.</summary>
    public static string Plain(string[] headings, IReadOnlyList<string[]> rows)
    {
        var widths = headings.Select((heading, column) => rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(headings))
        {
            var line = string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Rows of which no line is longer than a terminal is wide, as long as columns can be cut: the widest give way first.</summary>
    public static IReadOnlyList<string[]> Fit(string[] headings, IReadOnlyList<string[]> rows, int columns)
    {
        var widths = headings.Select((heading, column) => rows.Select(row => TextWidth.Of(row[column])).Append(heading.Length).Max()).ToArray();
        for (var excess = widths.Sum() + (Gap.Length * widths.Length) - columns; excess > 0; excess--)
        {
            // Of equal ones the last: what stands in front identifies the row.
            var widest = Array.LastIndexOf(widths, widths.Max());
            if (widths[widest] <= LeastColumns)
            {
                break;
            }

            widths[widest]--;
        }

        return [.. rows.Select(row => row.Select((cell, column) => TextWidth.Cut(cell, Math.Max(widths[column], headings[column].Length))).ToArray())];
    }

    private static void PrintStyled(string[] headings, IReadOnlyList<string[]> rows)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(heading)}[/]") { NoWrap = true, Padding = new Padding(0, 0, Gap.Length, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
    }
}
