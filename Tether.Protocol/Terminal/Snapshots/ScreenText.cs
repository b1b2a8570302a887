using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>Rows of an emulator as text, for people, logs and programs.</summary>
public static class ScreenText
{
    /// <param name="emulator">Whose rows.</param>
    /// <param name="firstRow">Absolute number of the first row; rows that are no longer kept are left out.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="format">Plain, with colours, JSON, or a picture.</param>
    /// <param name="output">Receives UTF-8.</param>
    /// <param name="joinWrapped">True to write a line that autowrap broke as one line.</param>
    public static void Write(
        TerminalEmulator emulator, long firstRow, int count, TextFormat format, IBufferWriter<byte> output, bool joinWrapped = false)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        long first = Math.Max(firstRow, emulator.FirstRow);
        long end = Math.Min(firstRow + Math.Max(0, count), emulator.TopRow + emulator.Rows);
        switch (format)
        {
            case TextFormat.Json:
                WriteJson(emulator, first, end, output, joinWrapped);
                break;
            case TextFormat.Ansi:
                WriteAnsi(emulator, first, end, output, joinWrapped);
                break;
            case TextFormat.Html:
                HtmlWriter.Write(emulator, first, (int)Math.Max(0, end - first), output, new PictureOptions());
                break;
            case TextFormat.Svg:
                SvgWriter.Write(emulator, first, (int)Math.Max(0, end - first), output, new PictureOptions { ShowCursor = true });
                break;
            default:
                WritePlain(emulator, first, end, output, joinWrapped);
                break;
        }
    }

    private static void WritePlain(TerminalEmulator emulator, long first, long end, IBufferWriter<byte> output, bool joinWrapped)
    {
        for (long number = first; number < end; number++)
        {
            RowView row = emulator.RowAt(number);
            bool goesOn = joinWrapped && row.IsWrapped && number + 1 < end;
            output.Write(Encoding.UTF8.GetBytes(Text(emulator, row, trim: !goesOn)));
            output.Write(goesOn ? default : "\n"u8);
        }
    }

    private static void WriteAnsi(TerminalEmulator emulator, long first, long end, IBufferWriter<byte> output, bool joinWrapped)
    {
        var text = new SnapshotText(output);
        for (long number = first; number < end; number++)
        {
            RowView row = emulator.RowAt(number);
            foreach (Cell cell in row.Cells[..row.UsedLength])
            {
                text.SetStyle(emulator.GetStyle(cell));
                text.SetLink(emulator.GetLink(cell));
                text.AddString(cell.Width == CellWidth.Spacer ? "" : emulator.GetText(cell));
            }

            if (!joinWrapped || !row.IsWrapped || number + 1 == end)
            {
                text.ResetPen();
                text.Add("\n"u8);
            }
        }

        text.Flush();
    }

    private static void WriteJson(TerminalEmulator emulator, long first, long end, IBufferWriter<byte> output, bool joinWrapped)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartArray();
        for (long number = first; number < end; number++)
        {
            long start = number;
            var text = new StringBuilder();
            RowView row = emulator.RowAt(number);
            while (joinWrapped && row.IsWrapped && number + 1 < end)
            {
                text.Append(Text(emulator, row, trim: false));
                row = emulator.RowAt(++number);
            }

            text.Append(Text(emulator, row, trim: true));
            json.WriteStartObject();
            json.WriteNumber("row"u8, start);
            json.WriteBoolean("wrapped"u8, row.IsWrapped);
            json.WriteString("text"u8, text.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Text(TerminalEmulator emulator, RowView row, bool trim)
    {
        var text = new StringBuilder(row.Cells.Length);
        foreach (Cell cell in row.Cells)
        {
            text.Append(cell.Width == CellWidth.Spacer ? "" : emulator.GetText(cell));
        }

        return trim ? text.ToString().TrimEnd(' ') : text.ToString();
    }
}
