using System.CommandLine;
using System.Text.Json;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether capture`: what is on a session's screen.</summary>
internal static class CaptureCommand
{
    public const string Name = "capture";

    public const string Examples = """
        tether capture api                    the screen as text
        tether capture api --lines 200        and 200 rows of what scrolled away above it
        tether capture api --all --format ansi | less -R
        tether capture api --format json      rows and which of them go on, and the cursor
        tether capture api --format svg > api.svg
        tether capture api --all --format html > api.html
        """;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var lines = NumberOption.Whole("--lines", (0, int.MaxValue), "So many rows of scrollback too");
        var all = new Option<bool>("--all") { Description = "All scrollback" };
        var format = new Option<string>("--format") { Description = "text, ansi, json, html, svg, or vt (paints the screen in a terminal)", DefaultValueFactory = _ => "text" };
        format.AcceptOnly("text", "ansi", "json", "html", "svg", "vt");
        var json = new Option<bool>("--json") { Description = "The same as --format json" };
        var command = new Command(Name, "Print the screen of a session, live or ended") { session, lines, all, format, json };
        command.SetAction(result => Run(
            result.GetRequiredValue(session),
            result.GetValue(all) ? -1 : result.GetValue(lines) ?? 0,
            result.GetValue(json) ? "json" : result.GetValue(format)!));
        return command;
    }

    private static int Run(string session, int scrollback, string format)
    {
        using var daemon = Connector.OpenClient();
        var captured = daemon.Ask<CaptureReply>(new CaptureRequest { Session = session, Scrollback = scrollback, Format = format });
        if (format == "json")
        {
            StandardStreams.PrintLine(WithCursor(captured));
        }
        else
        {
            StandardStreams.Print(captured.Text.EndsWith('\n') ? captured.Text : captured.Text + "\n");
        }

        return ExitCodes.Done;
    }

    private static string WithCursor(CaptureReply captured)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("columns", captured.Columns);
            writer.WriteNumber("rows", captured.Rows);
            writer.WriteNumber("cursorRow", captured.CursorRow);
            writer.WriteNumber("cursorColumn", captured.CursorColumn);
            writer.WritePropertyName("lines");
            using var lines = JsonDocument.Parse(captured.Text);
            lines.WriteTo(writer);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
