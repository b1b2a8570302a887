using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>Writes the rows of a screen for somebody who is not attached.</summary>
internal static class Captures
{
    /// <summary>For the message that one is not known.</summary>
    public const string Formats = "text, ansi, json, html, svg or vt";

    /// <summary>Writes so many rows of scrollback, and the screen below them.</summary>
    public delegate void Writer(TerminalEmulator emulator, int scrollback, IBufferWriter<byte> output);

    /// <summary>Null for a format that is not known.</summary>
    public static Writer? WriterOf(string format) => format switch
    {
        "text" => Text(TextFormat.Plain),
        "ansi" => Text(TextFormat.Ansi),
        "json" => Text(TextFormat.Json),
        "html" => Text(TextFormat.Html),
        "svg" => Text(TextFormat.Svg),
        "vt" => static (emulator, scrollback, output) =>
            SnapshotWriter.Write(emulator, output, new SnapshotOptions { ScrollbackRows = scrollback, PromptMarks = true }),
        _ => null,
    };

    /// <param name="emulator">Whose screen.</param>
    /// <param name="scrollback">Rows above it; -1 for all there are.</param>
    /// <param name="write">In which format.</param>
    public static CaptureReply Of(TerminalEmulator emulator, int scrollback, Writer write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(emulator, Math.Min(scrollback < 0 ? int.MaxValue : scrollback, emulator.ScrollbackCount), output);
        return new CaptureReply
        {
            Text = Encoding.UTF8.GetString(output.WrittenSpan),
            Columns = emulator.Columns,
            Rows = emulator.Rows,
            CursorRow = emulator.Cursor.Row,
            CursorColumn = emulator.Cursor.Column,
            OutputRow = emulator.TopRow + emulator.Cursor.Row,
        };
    }

    private static Writer Text(TextFormat format) => (emulator, scrollback, output) =>
        ScreenText.Write(emulator, emulator.TopRow - scrollback, scrollback + emulator.Rows, format, output);
}
