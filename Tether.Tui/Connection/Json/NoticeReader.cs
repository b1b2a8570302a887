using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Tui.Connection.Json;

/// <summary>Reads the notices that somebody waits for at their keyboard, for <see cref="HotDecoder"/>. Null: a required member is missing.</summary>
internal static class NoticeReader
{
    public static ExitedNotice? Exited(ref Utf8JsonReader reader)
    {
        var (channel, session) = (0, (SessionRecord?)null);
        while (HotReader.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "channel": channel = reader.GetInt32(); break;
                case "session": session = SessionReader.Read(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return session is null ? null : new ExitedNotice { Channel = channel, Session = session };
    }

    public static ChordNotice Chord(ref Utf8JsonReader reader)
    {
        var (channel, rest) = (0, (byte[])[]);
        while (HotReader.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "channel": channel = reader.GetInt32(); break;
                case "rest": rest = reader.GetBytesFromBase64(); break;
                default: reader.Skip(); break;
            }
        }

        return new ChordNotice { Channel = channel, Rest = rest };
    }

    public static ControlNotice? Control(ref Utf8JsonReader reader)
    {
        var (channel, mode, cause, by) = (0, (AttachMode?)null, (string?)null, (string?)null);
        while (HotReader.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "channel": channel = reader.GetInt32(); break;
                case "mode": mode = reader.ValueTextEquals("control"u8) ? AttachMode.Control : AttachMode.Observe; break;
                case "cause": cause = reader.GetString(); break;
                case "by": by = reader.GetString(); break;
                default: reader.Skip(); break;
            }
        }

        return mode is null || cause is null ? null : new ControlNotice { Channel = channel, Mode = mode.Value, Cause = cause, By = by };
    }

    public static ResizedNotice? Resized(ref Utf8JsonReader reader)
    {
        var (channel, columns, rows, offset, by) = (0, 0, 0, 0L, (string?)null);
        while (HotReader.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "channel": channel = reader.GetInt32(); break;
                case "columns": columns = reader.GetInt32(); break;
                case "rows": rows = reader.GetInt32(); break;
                case "offset": offset = reader.GetInt64(); break;
                case "by": by = reader.GetString(); break;
                default: reader.Skip(); break;
            }
        }

        return columns == 0 || rows == 0 ? null
            : new ResizedNotice { Channel = channel, Columns = columns, Rows = rows, Offset = offset, By = by };
    }
}
