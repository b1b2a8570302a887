using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Tui.History;

/// <summary>
/// A journal as an asciicast, version 2 or 3: a header line, then one line an event: output, resizes and, in version 3, the exit. Characters that
/// the journal cut in two are put together again.
/// </summary>
internal sealed class AsciicastWriter(Stream output, int version, SessionRecord session)
{
    private const double Microseconds = 1e6;

    // The terminal's escape sequences stay readable; only what JSON demands is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly MemoryStream _line = new();
    private (int Columns, int Rows)? _size;
    private bool _hasHeader;
    private long _start;
    private long _last;

    public void Take(JournalRecord record, ReadOnlySpan<byte> payload)
    {
        switch (record.Kind)
        {
            case JournalRecordKind.Resize when RecordPayload.TryReadSize(payload, out var columns, out var rows):
                Resize(record.Time, columns, rows);
                break;
            case JournalRecordKind.Output:
                Write(record.Time, "o", Decode(payload, isEnd: false));
                break;
            case JournalRecordKind.Exit when payload.Length >= sizeof(int):
                Finish(record.Time);
                if (version == 3)
                {
                    Write(record.Time, "x", System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(payload).ToString());
                }

                break;
        }
    }

    /// <summary>Writes what is left of an unfinished character, and the header when nothing was ever printed.</summary>
    public void Finish() => Finish(_last);

    private void Finish(long time)
    {
        WriteHeader(time);
        Write(time, "o", Decode([], isEnd: true));
    }

    private void Resize(long time, int columns, int rows)
    {
        if (_size == (columns, rows))
        {
            return;
        }

        _size = (columns, rows);
        if (_hasHeader)
        {
            Write(time, "r", $"{columns}x{rows}");
        }
    }

    private string Decode(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        var characters = new char[_decoder.GetCharCount(bytes, isEnd)];
        _decoder.GetChars(bytes, characters, isEnd);
        return new string(characters);
    }

    private void Write(long time, string code, string data)
    {
        if (data.Length == 0)
        {
            return;
        }

        WriteHeader(time);

        // Version 2 counts from the start, version 3 from the event before. The clock may have been set back; time in a recording may not.
        time = Math.Max(time, _last);
        var moment = (time - (version == 3 ? _last : _start)) / Microseconds;
        _last = time;
        WriteLine(json =>
        {
            json.WriteStartArray();
            json.WriteRawValue(moment.ToString("0.000000"));
            json.WriteStringValue(code);
            json.WriteStringValue(data);
            json.WriteEndArray();
        });
    }

    private void WriteHeader(long time)
    {
        if (_hasHeader)
        {
            return;
        }

        (_hasHeader, _start, _last) = (true, time, time);
        var (columns, rows) = _size ?? (session.Columns, session.Rows);
        WriteLine(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("version", version);
            if (version == 3)
            {
                json.WriteStartObject("term");
                json.WriteNumber("cols", columns);
                json.WriteNumber("rows", rows);
                json.WriteString("type", "xterm-256color");
                json.WriteEndObject();
            }
            else
            {
                json.WriteNumber("width", columns);
                json.WriteNumber("height", rows);
            }

            json.WriteNumber("timestamp", session.CreatedAt.ToUnixTimeSeconds());
            json.WriteString("title", session.Title);
            if (version == 2)
            {
                json.WriteStartObject("env");
                json.WriteString("TERM", "xterm-256color");
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        _line.SetLength(0);
        using (var json = new Utf8JsonWriter(_line, Options))
        {
            write(json);
        }

        _line.WriteByte((byte)'\n');
        _line.WriteTo(output);
    }
}
