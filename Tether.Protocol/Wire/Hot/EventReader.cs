namespace Tether.Protocol.Wire.Hot;

/// <summary>Reads what happened to sessions, for <see cref="HotDecoder"/>. Null: a required member is missing.</summary>
internal static class EventReader
{
    public static SessionEventNotice? Event(ref JsonCursor json)
    {
        var (session, kind, at, text) = ((string?)null, (string?)null, (string?)null, "");
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "session": session = json.TextOrNull(); break;
                case "kind": kind = json.TextOrNull(); break;
                case "at": at = json.TextOrNull(); break;
                case "text": text = json.Text(); break;
                default: json.Skip(); break;
            }
        }

        return session is null || kind is null || at is null ? null
            : new SessionEventNotice { Session = session, Kind = kind, At = JsonTime.Parse(at), Text = text };
    }

    public static EventsReply? Past(ref JsonCursor json)
    {
        var (re, events) = (0, (List<SessionEventNotice>?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "re": re = json.Number32(); break;
                case "events": events = All(ref json); break;
                default: json.Skip(); break;
            }
        }

        return events is null ? null : new EventsReply { Re = re, Events = [.. events] };
    }

    private static List<SessionEventNotice> All(ref JsonCursor json)
    {
        var events = new List<SessionEventNotice>();
        json.BeginArray();
        while (json.NextElement())
        {
            json.BeginObject();
            events.Add(Event(ref json) ?? throw new FormatException("an event lacks a required member"));
        }

        return events;
    }
}
