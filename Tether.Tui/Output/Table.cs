using System.Text;
using Spectre.Console;
using Tether.Tui.Terminal;

namespace Tether.Tui.Output;

/// <summary>Rows for people: a table on a terminal, plain columns into a pipe or under NO_COLOR. Spectre.Console is loaded for the first only.</summary>
internal static class Table
{
    private const string Gap = "  ";

    public static void Print(string[] headings, IReadOnlyList<string[]> rows)
    {
        if (StandardStreams.IsOutputTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        {
            PrintStyled(headings, rows);
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
