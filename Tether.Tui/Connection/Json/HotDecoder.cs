using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Tui.Connection.Json;

/// <summary>
/// The answers and notices between the start of `run` or `attach` and the first screen, read by hand for the reason that <see cref="HotEncoder"/> gives.
/// Whatever it does not know, or finds written in another way, <see cref="WireJson"/> reads.
/// </summary>
internal static class HotDecoder
{
    public static Message Decode(ReadOnlySpan<byte> utf8) => TryDecode(utf8) ?? WireJson.Decode(utf8);

    /// <summary>Null when this is for <see cref="WireJson"/>.</summary>
    public static Message? TryDecode(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read() || !reader.ValueTextEquals("type"u8) || !reader.Read())
        {
            return null;
        }

        return reader.GetString() switch
        {
            "ok" => Ok(ref reader),
            "welcome" => Welcome(ref reader),
            "session" => Session(ref reader),
            "sessions" => Sessions(ref reader),
            "attached" => Attached(ref reader),
            "error" => Error(ref reader),
            "exited" => NoticeReader.Exited(ref reader),
            "chord" => NoticeReader.Chord(ref reader),
            "control" => NoticeReader.Control(ref reader),
            "resized" => NoticeReader.Resized(ref reader),
            _ => null,
        };
    }

    private static OkReply Ok(ref Utf8JsonReader reader)
    {
        var re = 0;
        while (HotReader.Next(ref reader, out var name))
        {
            re = name == "re" ? reader.GetInt32() : HotReader.Skip(ref reader, re);
        }

        return new OkReply { Re = re };
    }

    private static WelcomeReply? Welcome(ref Utf8JsonReader reader)
    {
        var (re, version, process, daemon, host) = (0, 0, 0, (string?)null, (string?)null);
        while (HotReader.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "re": re = reader.GetInt32(); break;
                case "version": version = reader.GetInt32(); break;
                case "processId": process = reader.GetInt32(); break;
                case "daemon": daemon = reader.GetString(); break;
                case "host": host = reader.GetString(); break;
                default: reader.Skip(); break;
            }
        }

        return daemon is null || host is null ? null
            : new WelcomeReply { Re = re, Version = version, ProcessId = process, Daemon = daemon, Host = host };
    }

    private static SessionReply? Session(ref Utf8JsonReader reader)
    {
        var (re, session) = (0, (SessionRecord?)null);
        while (HotReader.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "re": re = reader.GetInt32(); break;
                case "session": session = SessionReader.Read(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return session is null ? null : new SessionReply { Re = re, Session = session };
    }

    private static SessionsReply? Sessions(ref Utf8JsonReader reader)
    {
        var (re, sessions) = (0, (List<SessionRecord>?)null);
        while (HotReader.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "re": re = reader.GetInt32(); break;
                case "sessions": sessions = SessionReader.ReadAll(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return sessions is null ? null : new SessionsReply { Re = re, Sessions = [.. sessions] };
    }

    private static AttachedReply? Attached(ref Utf8JsonReader reader)
    {
        var (re, channel, isLent, mode, session) = (0, 0, false, (AttachMode?)null, (SessionRecord?)null);
        while (HotReader.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "re": re = reader.GetInt32(); break;
                case "channel": channel = reader.GetInt32(); break;
                case "lent": isLent = reader.GetBoolean(); break;
                case "mode": mode = reader.ValueTextEquals("control"u8) ? AttachMode.Control : AttachMode.Observe; break;
                case "session": session = SessionReader.Read(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return mode is null || session is null ? null
            : new AttachedReply { Re = re, Channel = channel, Lent = isLent, Mode = mode.Value, Session = session };
    }

    private static ErrorReply? Error(ref Utf8JsonReader reader)
    {
        var (re, code, message) = (0, (string?)null, (string?)null);
        while (HotReader.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "re": re = reader.GetInt32(); break;
                case "code": code = reader.GetString(); break;
                case "message": message = reader.GetString(); break;
                default: reader.Skip(); break;
            }
        }

        return code is null || message is null ? null : new ErrorReply { Re = re, Code = code, Message = message };
    }
}
