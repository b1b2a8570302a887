namespace Tether.Protocol.Wire.Hot;

/// <summary>
/// What <see cref="HotEncoder"/> writes, read by hand for the reason that it gives. Whatever this does not know, or finds written in another way, <see cref="WireJson"/> reads.
/// </summary>
public static class HotDecoder
{
    /// <summary>The message that a JSON text holds.</summary>
    /// <exception cref="System.Text.Json.JsonException">As <see cref="WireJson.Decode"/>.</exception>
    public static Message Decode(ReadOnlySpan<byte> utf8) => TryDecode(utf8) ?? WireJson.Decode(utf8);

    /// <summary>Null when this is for <see cref="WireJson"/>.</summary>
    public static Message? TryDecode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var json = new JsonCursor(utf8);
            json.BeginObject();
            var message = json.NextMember(out var first) && first == "type" ? Read(json.TextOrNull(), ref json) : null;
            if (message is not null)
            {
                json.End();
            }

            return message;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static Message? Read(string? type, ref JsonCursor json) => type switch
    {
        "hello" => RequestReader.Hello(ref json),
        "list" => RequestReader.List(ref json),
        "create" => RequestReader.Create(ref json),
        "attach" => RequestReader.Attach(ref json),
        "subscribe" => RequestReader.Subscribe(ref json),
        "events" => RequestReader.Events(ref json),
        "queue" => RequestReader.Queue(ref json),
        "stop" => RequestReader.Stop(ref json),
        "hook" => RequestReader.Hook(ref json),
        "detach" => ChannelReader.Detach(ref json),
        "redraw" => ChannelReader.Redraw(ref json),
        "resize" => ChannelReader.Resize(ref json),
        "colors" => ChannelReader.Colors(ref json),
        "pace" => ChannelReader.Pace(ref json),
        "take-control" => ChannelReader.TakeControl(ref json),
        "release-control" => ChannelReader.ReleaseControl(ref json),
        "resume" => ChannelReader.Resume(ref json),
        "ok" => ReplyReader.Ok(ref json),
        "welcome" => ReplyReader.Welcome(ref json),
        "session" => ReplyReader.Session(ref json),
        "sessions" => ReplyReader.Sessions(ref json),
        "attached" => ReplyReader.Attached(ref json),
        "error" => ReplyReader.Error(ref json),
        "hook-answer" => ReplyReader.HookAnswer(ref json),
        "events-list" => EventReader.Past(ref json),
        "event" => EventReader.Event(ref json),
        "queue-list" => ReplyReader.EmptyQueue(ref json),
        "exited" => NoticeReader.Exited(ref json),
        "chord" => NoticeReader.Chord(ref json),
        "colors-answered" => NoticeReader.ColorsAnswered(ref json),
        "control" => NoticeReader.Control(ref json),
        "resized" => NoticeReader.Resized(ref json),
        "notice" => NoticeReader.Text(ref json),
        _ => null,
    };
}
