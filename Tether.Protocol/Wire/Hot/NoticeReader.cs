using Tether.Protocol.Model;

namespace Tether.Protocol.Wire.Hot;

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
                case "channel": channel = json.Number32(); break;
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
                case "channel": channel = json.Number32(); break;
                case "rest": rest = json.Bytes(); break;
                default: json.Skip(); break;
            }
        }

        return new ChordNotice { Channel = channel, Rest = rest };
    }

    public static ColorsAnsweredNotice ColorsAnswered(ref JsonCursor json)
    {
        var (channel, colors) = (0, (int[]?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "channel": channel = json.Number32(); break;
                case "colors": colors = json.TryNull() ? null : json.Numbers(); break;
                default: json.Skip(); break;
            }
        }

        return new ColorsAnsweredNotice { Channel = channel, Colors = colors };
    }

    public static ControlNotice? Control(ref JsonCursor json)
    {
        var (channel, mode, cause, by) = (0, (AttachMode?)null, (string?)null, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "channel": channel = json.Number32(); break;
                case "mode": mode = ModelNames.Mode(json.Text()); break;
                case "cause": cause = json.TextOrNull(); break;
                case "by": by = json.TextOrNull(); break;
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
                case "channel": channel = json.Number32(); break;
                case "columns": columns = json.Number32(); break;
                case "rows": rows = json.Number32(); break;
                case "offset": offset = json.Number64(); break;
                case "by": by = json.TextOrNull(); break;
                default: json.Skip(); break;
            }
        }

        return columns == 0 || rows == 0 ? null
            : new ResizedNotice { Channel = channel, Columns = columns, Rows = rows, Offset = offset, By = by };
    }

    public static TextNotice? Text(ref JsonCursor json)
    {
        var (channel, text) = (0, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "channel": channel = json.Number32(); break;
                case "text": text = json.Text(); break;
                default: json.Skip(); break;
            }
        }

        return text is null ? null : new TextNotice { Channel = channel, Text = text };
    }
}
