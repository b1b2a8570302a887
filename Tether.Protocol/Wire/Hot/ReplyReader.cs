using Tether.Protocol.Model;

namespace Tether.Protocol.Wire.Hot;

/// <summary>Reads what the daemon answers, for <see cref="HotDecoder"/>. Null: a required member is missing.</summary>
internal static class ReplyReader
{
    public static OkReply Ok(ref JsonCursor json)
    {
        var re = 0;
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Number32(); break;
                default: json.Skip(); break;
            }
        }

        return new OkReply { Re = re };
    }

    // A dashboard that has something to ask may start a little later.
    public static QueueReply? EmptyQueue(ref JsonCursor json)
    {
        var (re, isEmpty) = (0, false);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Number32(); break;
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

    public static WelcomeReply? Welcome(ref JsonCursor json)
    {
        var (re, version, process, daemon, host) = (0, 0, 0, (string?)null, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Number32(); break;
                case "version": version = json.Number32(); break;
                case "processId": process = json.Number32(); break;
                case "daemon": daemon = json.TextOrNull(); break;
                case "host": host = json.TextOrNull(); break;
                default: json.Skip(); break;
            }
        }

        return daemon is null || host is null ? null
            : new WelcomeReply { Re = re, Version = version, ProcessId = process, Daemon = daemon, Host = host };
    }

    public static SessionReply? Session(ref JsonCursor json)
    {
        var (re, session) = (0, (SessionRecord?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Number32(); break;
                case "session": session = SessionReader.Read(ref json); break;
                default: json.Skip(); break;
            }
        }

        return session is null ? null : new SessionReply { Re = re, Session = session };
    }

    public static SessionsReply? Sessions(ref JsonCursor json)
    {
        var (re, sessions) = (0, (List<SessionRecord>?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Number32(); break;
                case "sessions": sessions = SessionReader.ReadAll(ref json); break;
                default: json.Skip(); break;
            }
        }

        return sessions is null ? null : new SessionsReply { Re = re, Sessions = [.. sessions] };
    }

    public static AttachedReply? Attached(ref JsonCursor json)
    {
        var (re, channel, isLent, mode, session) = (0, 0, false, (AttachMode?)null, (SessionRecord?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Number32(); break;
                case "channel": channel = json.Number32(); break;
                case "lent": isLent = json.Boolean(); break;
                case "mode": mode = ModelNames.Mode(json.Text()); break;
                case "session": session = SessionReader.Read(ref json); break;
                default: json.Skip(); break;
            }
        }

        return mode is null || session is null ? null
            : new AttachedReply { Re = re, Channel = channel, Lent = isLent, Mode = mode.Value, Session = session };
    }

    public static HookReply HookAnswer(ref JsonCursor json)
    {
        var (re, output) = (0, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Number32(); break;
                case "output": output = json.TextOrNull(); break;
                default: json.Skip(); break;
            }
        }

        return new HookReply { Re = re, Output = output };
    }

    public static ErrorReply? Error(ref JsonCursor json)
    {
        var (re, code, message) = (0, (string?)null, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Number32(); break;
                case "code": code = json.TextOrNull(); break;
                case "message": message = json.TextOrNull(); break;
                default: json.Skip(); break;
            }
        }

        return code is null || message is null ? null : new ErrorReply { Re = re, Code = code, Message = message };
    }
}
