namespace Tether.Protocol.Wire.Hot;

/// <summary>Writes what the daemon says, for <see cref="HotEncoder"/>.</summary>
internal static class ReplyWriter
{
    /// <summary>Null: it is for <see cref="WireJson"/>.</summary>
    public static JsonText? Write(Message message) => message switch
    {
        OkReply ok => Begin("ok", ok),
        ErrorReply error => Begin("error", error).Member("code", error.Code).Member("message", error.Message),
        WelcomeReply welcome => Begin("welcome", welcome)
            .Member("version", welcome.Version).Member("daemon", welcome.Daemon).Member("processId", welcome.ProcessId).Member("host", welcome.Host),
        SessionReply session => Session(Begin("session", session), session.Session),
        SessionsReply sessions => Sessions(sessions),
        AttachedReply attached => Session(
            Begin("attached", attached).Member("channel", attached.Channel).Member("mode", ModelNames.Of(attached.Mode)).Member("lent", attached.Lent), attached.Session),
        EventsReply events => Events(events),
        QueueReply { Items: [] } queue => Begin("queue-list", queue).BeginArray("items").EndArray(),
        HookReply hook => Begin("hook-answer", hook).Member("output", hook.Output),
        SessionEventNotice happened => Event(new JsonText("event"), happened),
        ExitedNotice exited => Session(Begin("exited", exited), exited.Session),
        ChordNotice chord => Begin("chord", chord).Member("rest", chord.Rest),
        ColorsAnsweredNotice answered => Begin("colors-answered", answered).Member("colors", answered.Colors),
        ControlNotice control => Begin("control", control).Member("mode", ModelNames.Of(control.Mode)).Member("cause", control.Cause).Member("by", control.By),
        ResizedNotice resized => Begin("resized", resized)
            .Member("columns", resized.Columns).Member("rows", resized.Rows).Member("offset", resized.Offset).Member("by", resized.By),
        TextNotice notice => Begin("notice", notice).Member("text", notice.Text),
        _ => null,
    };

    private static JsonText Session(JsonText json, Model.SessionRecord session) => SessionWriter.Members(json.BeginObject("session"), session).EndObject();

    private static JsonText Sessions(SessionsReply reply)
    {
        var json = Begin("sessions", reply).BeginArray("sessions");
        foreach (var session in reply.Sessions)
        {
            SessionWriter.Members(json.BeginElement(), session).EndObject();
        }

        return json.EndArray();
    }

    private static JsonText Events(EventsReply reply)
    {
        var json = Begin("events-list", reply).BeginArray("events");
        foreach (var happened in reply.Events)
        {
            // An element of a declared type has no `type`.
            Event(json.BeginElement(), happened).EndObject();
        }

        return json.EndArray();
    }

    private static JsonText Event(JsonText json, SessionEventNotice happened) =>
        json.Member("session", happened.Session).Member("kind", happened.Kind).Member("at", happened.At).Member("text", happened.Text);

    private static JsonText Begin(string type, Reply reply) => new JsonText(type).Member("re", reply.Re);

    private static JsonText Begin(string type, ChannelNotice notice) => new JsonText(type).Member("channel", notice.Channel);
}
