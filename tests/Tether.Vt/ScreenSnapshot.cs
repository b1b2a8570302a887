using System.Text;
using System.Text.Json;
using Tether.Protocol.Terminal;

namespace Tether.Vt;

/// <summary>
/// A screen as one line of JSON: lines without trailing blanks; runs of equal style per row as [count, foreground, background, flags, underline
/// colour?, link?]; where each wide character is; cells with widths for rows that are not ASCII.
/// </summary>
internal static class ScreenSnapshot
{
    public static void Write(Utf8JsonWriter json, CaseRunner run)
    {
        TerminalEmulator terminal = run.Terminal;
        json.WriteStartObject();
        json.WriteString("name", run.Case.Name);
        json.WriteNumber("cols", terminal.Columns);
        json.WriteNumber("rows", terminal.Rows);
        WriteText(json, terminal);
        WriteCells(json, terminal);
        json.WriteStartArray("cursor");
        json.WriteNumberValue(terminal.Cursor.Row);
        json.WriteNumberValue(terminal.Cursor.Column);
        json.WriteEndArray();
        json.WriteBoolean("pending_wrap", terminal.IsPendingWrap);
        json.WriteBoolean("cursor_visible", terminal.IsCursorVisible);
        WriteModes(json, terminal.Modes);
        json.WriteString("title", terminal.ReportedTitle);
        json.WriteNumber("scrollback", terminal.ScrollbackCount);
        json.WriteBoolean("alt", terminal.IsAlternateScreen);
        json.WriteString("responses", Convert.ToBase64String(run.Answers));
        json.WriteNumber("bell", run.Bells);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, TerminalEmulator terminal)
    {
        var lines = new List<string>();
        var wide = new List<(int Row, int Column)>();
        var wrapped = new List<int>();
        var details = new List<(int Row, List<(string Text, int Width)> Cells)>();
        for (int row = 0; row < terminal.Rows; row++)
        {
            RowView view = terminal.RowAt(terminal.TopRow + row);
            var text = new StringBuilder();
            var cells = new List<(string Text, int Width)>();
            bool isPlain = true;
            for (int column = 0; column < view.Cells.Length; column++)
            {
                Cell cell = view.Cells[column];
                if (cell.Width == CellWidth.Tail)
                {
                    continue;
                }

                string character = terminal.GetText(cell);
                bool isWide = cell.Width == CellWidth.Wide;
                isPlain &= character.Length == 1 && character[0] <= 126 && !isWide;
                text.Append(character);
                cells.Add((character, isWide ? 2 : 1));
                if (isWide)
                {
                    wide.Add((row, column));
                }
            }

            lines.Add(text.ToString().TrimEnd(' '));
            if (!isPlain)
            {
                details.Add((row, cells));
            }

            if (view.IsWrapped && row + 1 < terminal.Rows)
            {
                wrapped.Add(row + 1);
            }
        }

        json.WriteStartArray("lines");
        lines.ForEach(json.WriteStringValue);
        json.WriteEndArray();
        json.WriteStartObject("uni");
        foreach ((int row, List<(string Text, int Width)> cells) in details)
        {
            json.WriteStartArray(row.ToString());
            foreach ((string text, int width) in cells.Take(cells.FindLastIndex(cell => cell.Text != " ") + 1))
            {
                json.WriteStartArray();
                json.WriteStringValue(text);
                json.WriteNumberValue(width);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartArray("wide");
        foreach ((int row, int column) in wide)
        {
            json.WriteStartArray();
            json.WriteNumberValue(row);
            json.WriteNumberValue(column);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("wrapped");
        wrapped.ForEach(json.WriteNumberValue);
        json.WriteEndArray();
    }

    private static void WriteCells(Utf8JsonWriter json, TerminalEmulator terminal)
    {
        json.WriteStartArray("cells");
        for (int row = 0; row < terminal.Rows; row++)
        {
            var runs = new List<(int Count, Style Style, string? Link)>();
            foreach (Cell cell in terminal.RowAt(terminal.TopRow + row).Cells)
            {
                Style style = Shown(terminal, terminal.GetStyle(cell));
                string? link = terminal.GetLink(cell)?.Uri;
                if (runs.Count > 0 && runs[^1].Style == style && runs[^1].Link == link)
                {
                    runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
                }
                else
                {
                    runs.Add((1, style, link));
                }
            }

            if (runs[^1].Style.IsDefault && runs[^1].Link is null)
            {
                runs.RemoveAt(runs.Count - 1);
            }

            json.WriteStartArray();
            foreach ((int count, Style style, string? link) in runs)
            {
                WriteRun(json, count, style, link);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    // DECSCNM reverses what is shown, not what is stored.
    private static Style Shown(TerminalEmulator terminal, Style style) =>
        terminal.Modes[TerminalMode.ReverseVideo] ? style with { Flags = style.Flags ^ StyleFlags.Inverse } : style;

    private static void WriteRun(Utf8JsonWriter json, int count, Style style, string? link)
    {
        json.WriteStartArray();
        json.WriteNumberValue(count);
        WriteColor(json, style.Foreground);
        WriteColor(json, style.Background);
        json.WriteStringValue(Flags(style));
        bool hasUnderlineColor = style.Underline != UnderlineKind.None && !style.UnderlineColor.IsDefault;
        if (hasUnderlineColor || link is not null)
        {
            if (hasUnderlineColor)
            {
                WriteColor(json, style.UnderlineColor);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteStringValue(link);
        }

        json.WriteEndArray();
    }

    private static string Flags(Style style)
    {
        var flags = new StringBuilder();
        flags.Append(style.Has(StyleFlags.Bold) ? "b" : "");
        flags.Append(style.Has(StyleFlags.Faint) ? "d" : "");
        flags.Append(style.Has(StyleFlags.Italic) ? "i" : "");
        flags.Append(style.Underline != UnderlineKind.None ? $"u{(int)style.Underline}" : "");
        flags.Append(style.Has(StyleFlags.Blink | StyleFlags.RapidBlink) ? "k" : "");
        flags.Append(style.Has(StyleFlags.Inverse) ? "r" : "");
        flags.Append(style.Has(StyleFlags.Hidden) ? "h" : "");
        flags.Append(style.Has(StyleFlags.Strike) ? "s" : "");
        flags.Append(style.Has(StyleFlags.Overline) ? "o" : "");
        return flags.ToString();
    }

    private static void WriteColor(Utf8JsonWriter json, TerminalColor color)
    {
        if (color.IsRgb)
        {
            json.WriteStringValue($"#{color.Rgb:x6}");
        }
        else
        {
            json.WriteNumberValue(color.IsDefault ? -1 : color.Index);
        }
    }

    private static void WriteModes(Utf8JsonWriter json, TerminalModes modes)
    {
        json.WriteStartObject("modes");
        json.WriteBoolean("decckm", modes.ApplicationCursorKeys);
        json.WriteBoolean("deckpam", modes.ApplicationKeypad);
        json.WriteBoolean("bracketed_paste", modes.BracketedPaste);
        json.WriteBoolean("irm", modes[TerminalMode.Insert]);
        json.WriteString("mouse", modes.MouseTracking switch
        {
            MouseTracking.X10 => "x10",
            MouseTracking.Normal => "vt200",
            MouseTracking.Highlight => "highlight",
            MouseTracking.ButtonMotion => "drag",
            MouseTracking.AnyMotion => "any",
            _ => "none",
        });
        json.WriteString("mouse_enc", modes.MouseEncoding switch
        {
            MouseEncoding.Utf8 => "UTF8",
            MouseEncoding.Sgr => "SGR",
            MouseEncoding.Urxvt => "URXVT",
            MouseEncoding.SgrPixels => "SGR_PIXELS",
            _ => "DEFAULT",
        });
        json.WriteBoolean("decom", modes.Origin);
        json.WriteBoolean("revwrap", modes[TerminalMode.ReverseWrap]);
        json.WriteBoolean("focus", modes.FocusReports);
        json.WriteBoolean("decawm", modes.Autowrap);
        json.WriteBoolean("sync", modes.SynchronizedOutput);
        json.WriteEndObject();
    }
}
