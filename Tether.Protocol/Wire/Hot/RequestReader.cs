using Tether.Protocol.Model;

namespace Tether.Protocol.Wire.Hot;

/// <summary>Reads what clients ask, for <see cref="HotDecoder"/>. Null: a required member is missing.</summary>
internal static class RequestReader
{
    public static HelloRequest? Hello(ref JsonCursor json)
    {
        var (id, versions, client) = (0, (int[]?)null, "");
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "id": id = json.Number32(); break;
                case "versions": versions = json.Numbers(); break;
                case "client": client = json.Text(); break;
                default: json.Skip(); break;
            }
        }

        return versions is null ? null : new HelloRequest { Id = id, Versions = versions, Client = client };
    }

    public static ListRequest List(ref JsonCursor json)
    {
        var (id, all) = (0, false);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "id": id = json.Number32(); break;
                case "all": all = json.Boolean(); break;
                default: json.Skip(); break;
            }
        }

        return new ListRequest { Id = id, All = all };
    }

    public static CreateRequest? Create(ref JsonCursor json)
    {
        var (isComplete, create) = (false, new CreateRequest { Provider = "" });
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "id": create = create with { Id = json.Number32() }; break;
                case "provider": (isComplete, create) = (true, create with { Provider = json.Text() }); break;
                case "arguments": create.Arguments = json.Strings(); break;
                case "directory": create = create with { Directory = json.TextOrNull() }; break;
                case "environment": create = create with { Environment = json.TryNull() ? null : json.Strings() }; break;
                case "fileLimit": create = create with { FileLimit = json.Number32() }; break;
                case "umask": create.Umask = json.Number32(); break;
                case "title": create = create with { Title = json.TextOrNull() }; break;
                case "approval": create = create with { Approval = json.TryNull() ? null : ModelNames.Approval(json.Text()) }; break;
                case "columns": create = create with { Columns = json.Number32() }; break;
                case "rows": create = create with { Rows = json.Number32() }; break;
                case "colors": create = create with { Colors = json.TryNull() ? null : json.Numbers() }; break;
                default: json.Skip(); break;
            }
        }

        return isComplete ? create : null;
    }

    public static AttachRequest? Attach(ref JsonCursor json)
    {
        var (isComplete, attach) = (false, new AttachRequest { Session = "" });
        while (json.NextMember(out var name))
        {
            isComplete |= name == "session";
            attach = With(attach, name, ref json);
        }

        return isComplete ? attach : null;
    }

    public static SubscribeRequest Subscribe(ref JsonCursor json)
    {
        var (id, session, alerts) = (0, (string?)null, false);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "id": id = json.Number32(); break;
                case "session": session = json.TextOrNull(); break;
                case "alerts": alerts = json.Boolean(); break;
                default: json.Skip(); break;
            }
        }

        return new SubscribeRequest { Id = id, Session = session, Alerts = alerts };
    }

    public static EventsRequest Events(ref JsonCursor json)
    {
        var events = new EventsRequest();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "id": events = events with { Id = json.Number32() }; break;
                case "session": events = events with { Session = json.TextOrNull() }; break;
                case "since": events = events with { Since = json.TryNull() ? null : JsonTime.Parse(json.Text()) }; break;
                case "limit": events.Limit = json.Number32(); break;
                default: json.Skip(); break;
            }
        }

        return events;
    }

    public static QueueRequest Queue(ref JsonCursor json)
    {
        var (id, session, all) = (0, (string?)null, false);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "id": id = json.Number32(); break;
                case "session": session = json.TextOrNull(); break;
                case "all": all = json.Boolean(); break;
                default: json.Skip(); break;
            }
        }

        return new QueueRequest { Id = id, Session = session, All = all };
    }

    public static StopRequest? Stop(ref JsonCursor json)
    {
        var (id, session, force) = (0, (string?)null, false);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "id": id = json.Number32(); break;
                case "session": session = json.Text(); break;
                case "force": force = json.Boolean(); break;
                default: json.Skip(); break;
            }
        }

        return session is null ? null : new StopRequest { Id = id, Session = session, Force = force };
    }

    public static HookRequest? Hook(ref JsonCursor json)
    {
        var (id, session, secret, agent, key, payload) = (0, (string?)null, (string?)null, (string?)null, (string?)null, (string?)null);
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "id": id = json.Number32(); break;
                case "session": session = json.Text(); break;
                case "secret": secret = json.Text(); break;
                case "agent": agent = json.Text(); break;
                case "key": key = json.Text(); break;
                case "payload": payload = json.Text(); break;
                default: json.Skip(); break;
            }
        }

        return session is null || secret is null || agent is null || key is null || payload is null ? null
            : new HookRequest { Id = id, Session = session, Secret = secret, Agent = agent, Key = key, Payload = payload };
    }

    private static AttachRequest With(AttachRequest attach, string name, ref JsonCursor json)
    {
        switch (name)
        {
            case "id": return attach with { Id = json.Number32() };
            case "session": return attach with { Session = json.Text() };
            case "mode": return attach with { Mode = ModelNames.Mode(json.Text()) };
            case "take": return attach with { Take = json.Boolean() };
            case "columns": return attach with { Columns = json.Number32() };
            case "rows": return attach with { Rows = json.Number32() };
            case "colors": return attach with { Colors = json.TryNull() ? null : json.Numbers() };
            case "scrollback": return attach with { Scrollback = json.Number32() };
            case "pace": return attach with { Pace = json.Number32() };
            case "replica": return attach with { Replica = json.Boolean() };
            case "lend": return attach with { Lend = json.Boolean() };
            case "chord": return attach with { Chord = json.Number32() };
            case "termios": return attach with { Termios = json.TryNull() ? null : json.Bytes() };
            case "alerts": return attach with { Alerts = json.TextOrNull() };
            default:
                json.Skip();
                return attach;
        }
    }
}
