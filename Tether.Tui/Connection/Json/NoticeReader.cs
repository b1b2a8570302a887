using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Tui.Connection.Json;

/// <summary>Reads the notices that somebody waits for at their keyboard, for <see cref="HotDecoder"/>. Null: a required member is missing.</summary>
internal static class NoticeReader
{
    public static ExitedNotice? Exited(ref JsonCursor json)
    {
        var (channel, session) = (0, (SessionRecord?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "channel": channel = json.Int32(); break;
                case "session": session = SessionReader.Read(ref json); break;
                default: json.Skip(); break;
            }
        }

        return session is null ? null : new ExitedNotice { Channel = channel, Session = session };
    }

    public static ChordNotice Chord(ref JsonCursor json)
    {
        var (channel, rest) = (0, (byte[])[]);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "channel": channel = json.Int32(); break;
                case "rest": rest = Convert.FromBase64String(json.String() ?? ""); break;
                default: json.Skip(); break;
            }
        }

        return new ChordNotice { Channel = channel, Rest = rest };
    }

    public static ColorsAnsweredNotice ColorsAnswered(ref JsonCursor json)
    {
        var (channel, colors) = (0, (List<int>?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "channel": channel = json.Int32(); break;
                case "colors" when json.TryNull(): break;
                case "colors":
                    colors = [];
                    json.BeginArray();
                    while (json.NextElement())
                    {
                        colors.Add(json.Int32());
                    }

                    break;
                default: json.Skip(); break;
            }
        }

        return new ColorsAnsweredNotice { Channel = channel, Colors = colors?.ToArray() };
    }

    public static ControlNotice? Control(ref JsonCursor json)
    {
        var (channel, mode, cause, by) = (0, (AttachMode?)null, (string?)null, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "channel": channel = json.Int32(); break;
                case "mode": mode = HotDecoder.Mode(ref json); break;
                case "cause": cause = json.String(); break;
                case "by": by = json.String(); break;
                default: json.Skip(); break;
            }
        }

        return mode is null || cause is null ? null : new ControlNotice { Channel = channel, Mode = mode.Value, Cause = cause, By = by };
    }

    public static ResizedNotice? Resized(ref JsonCursor json)
    {
        var (channel, columns, rows, offset, by) = (0, 0, 0, 0L, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "channel": channel = json.Int32(); break;
                case "columns": columns = json.Int32(); break;
                case "rows": rows = json.Int32(); break;
                case "offset": offset = json.Int64(); break;
                case "by": by = json.String(); break;
                default: json.Skip(); break;
            }
        }

        return columns == 0 || rows == 0 ? null
            : new ResizedNotice { Channel = channel, Columns = columns, Rows = rows, Offset = offset, By = by };
    }
}
