using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Tui.Connection.Json;

/// <summary>
/// The answers and notices between the start of `run`, `attach` or the dashboard and the first screen, read by hand for the reason that <see cref="HotEncoder"/> gives.
/// Whatever it does not know, or finds written in another way, <see cref="WireJson"/> reads.
/// </summary>
internal static class HotDecoder
{
    public static Message Decode(ReadOnlySpan<byte> utf8) => TryDecode(utf8) ?? WireJson.Decode(utf8);

    /// <summary>Null when this is for <see cref="WireJson"/>.</summary>
    public static Message? TryDecode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var json = new JsonCursor(utf8);
            json.BeginObject();
            return json.NextMember(out var first) && first == "type" ? Read(json.String(), ref json) : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    public static AttachMode Mode(ref JsonCursor json) => json.String() switch
    {
        "control" => AttachMode.Control,
        "observe" => AttachMode.Observe,
        var other => throw new FormatException($"no mode: {other}"),
    };

    private static Message? Read(string? type, ref JsonCursor json) => type switch
    {
        "ok" => Ok(ref json),
        "welcome" => Welcome(ref json),
        "session" => Session(ref json),
        "sessions" => Sessions(ref json),
        "attached" => Attached(ref json),
        "error" => Error(ref json),
        "hook-answer" => HookAnswer(ref json),
        "events-list" => EventReader.Past(ref json),
        "event" => EventReader.Event(ref json),
        "queue-list" => EmptyQueue(ref json),
        "exited" => NoticeReader.Exited(ref json),
        "chord" => NoticeReader.Chord(ref json),
        "colors-answered" => NoticeReader.ColorsAnswered(ref json),
        "control" => NoticeReader.Control(ref json),
        "resized" => NoticeReader.Resized(ref json),
        _ => null,
    };

    private static OkReply Ok(ref JsonCursor json)
    {
        var re = 0;
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Int32(); break;
                default: json.Skip(); break;
            }
        }

        return new OkReply { Re = re };
    }

    // A dashboard that has something to ask may start a little later.
    private static QueueReply? EmptyQueue(ref JsonCursor json)
    {
        var (re, isEmpty) = (0, false);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Int32(); break;
                case "items":
                    json.BeginArray();
                    isEmpty = !json.NextElement();
                    if (!isEmpty)
                    {
                        return null;
                    }

                    break;
                default: json.Skip(); break;
            }
        }

        return isEmpty ? new QueueReply { Re = re, Items = [] } : null;
    }

    private static WelcomeReply? Welcome(ref JsonCursor json)
    {
        var (re, version, process, daemon, host) = (0, 0, 0, (string?)null, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Int32(); break;
                case "version": version = json.Int32(); break;
                case "processId": process = json.Int32(); break;
                case "daemon": daemon = json.String(); break;
                case "host": host = json.String(); break;
                default: json.Skip(); break;
            }
        }

        return daemon is null || host is null ? null
            : new WelcomeReply { Re = re, Version = version, ProcessId = process, Daemon = daemon, Host = host };
    }

    private static SessionReply? Session(ref JsonCursor json)
    {
        var (re, session) = (0, (SessionRecord?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Int32(); break;
                case "session": session = SessionReader.Read(ref json); break;
                default: json.Skip(); break;
            }
        }

        return session is null ? null : new SessionReply { Re = re, Session = session };
    }

    private static SessionsReply? Sessions(ref JsonCursor json)
    {
        var (re, sessions) = (0, (List<SessionRecord>?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Int32(); break;
                case "sessions": sessions = SessionReader.ReadAll(ref json); break;
                default: json.Skip(); break;
            }
        }

        return sessions is null ? null : new SessionsReply { Re = re, Sessions = [.. sessions] };
    }

    private static AttachedReply? Attached(ref JsonCursor json)
    {
        var (re, channel, isLent, mode, session) = (0, 0, false, (AttachMode?)null, (SessionRecord?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Int32(); break;
                case "channel": channel = json.Int32(); break;
                case "lent": isLent = json.Boolean(); break;
                case "mode": mode = HotDecoder.Mode(ref json); break;
                case "session": session = SessionReader.Read(ref json); break;
                default: json.Skip(); break;
            }
        }

        return mode is null || session is null ? null
            : new AttachedReply { Re = re, Channel = channel, Lent = isLent, Mode = mode.Value, Session = session };
    }

    private static HookReply HookAnswer(ref JsonCursor json)
    {
        var (re, output) = (0, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Int32(); break;
                case "output": output = json.String(); break;
                default: json.Skip(); break;
            }
        }

        return new HookReply { Re = re, Output = output };
    }

    private static ErrorReply? Error(ref JsonCursor json)
    {
        var (re, code, message) = (0, (string?)null, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Int32(); break;
                case "code": code = json.String(); break;
                case "message": message = json.String(); break;
                default: json.Skip(); break;
            }
        }

        return code is null || message is null ? null : new ErrorReply { Re = re, Code = code, Message = message };
    }
}
