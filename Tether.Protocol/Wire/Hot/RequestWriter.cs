using Tether.Protocol.Model;

namespace Tether.Protocol.Wire.Hot;

/// <summary>Writes what clients ask, for <see cref="HotEncoder"/>.</summary>
internal static class RequestWriter
{
    /// <summary>Null: it is for <see cref="WireJson"/>.</summary>
    public static JsonText? Write(Message message) => message switch
    {
        HelloRequest hello => Begin("hello", hello).Member("versions", hello.Versions).Member("client", hello.Client),
        ListRequest list => Begin("list", list).Member("all", list.All),
        CreateRequest create => Create(create),
        AttachRequest attach => Attach(attach),
        DetachRequest detach => Channel("detach", detach),
        RedrawRequest redraw => Channel("redraw", redraw).Member("scrollback", redraw.Scrollback),
        ResizeRequest resize => Channel("resize", resize).Member("columns", resize.Columns).Member("rows", resize.Rows),
        ColorsRequest colors => Channel("colors", colors).Member("colors", colors.Colors),
        PaceRequest pace => Channel("pace", pace).Member("milliseconds", pace.Milliseconds),
        TakeControlRequest take => Channel("take-control", take).Member("ifFree", take.IfFree),
        ReleaseControlRequest release => Channel("release-control", release),
        SubscribeRequest subscribe => Begin("subscribe", subscribe).Member("session", subscribe.Session).Member("alerts", subscribe.Alerts),
        EventsRequest events => Begin("events", events).Member("session", events.Session).Member("since", events.Since).Member("limit", events.Limit),
        QueueRequest queue => Begin("queue", queue).Member("session", queue.Session).Member("all", queue.All),
        ResumeRequest resume => Channel("resume", resume).Member("input", resume.Input).Member("redraw", resume.Redraw),
        StopRequest stop => Begin("stop", stop).Member("session", stop.Session).Member("force", stop.Force),
        HookRequest hook => Hook(hook),
        _ => null,
    };

    private static JsonText Create(CreateRequest create) => Begin("create", create)
        .Member("provider", create.Provider)
        .Member("arguments", create.Arguments)
        .Member("directory", create.Directory)
        .Member("environment", create.Environment)
        .Member("fileLimit", create.FileLimit)
        .Member("umask", create.Umask)
        .Member("title", create.Title)
        .Member("approval", create.Approval is { } mode ? ModelNames.Of(mode) : null)
        .Member("columns", create.Columns)
        .Member("rows", create.Rows)
        .Member("colors", create.Colors);

    private static JsonText Hook(HookRequest hook) => Begin("hook", hook)
        .Member("session", hook.Session)
        .Member("secret", hook.Secret)
        .Member("agent", hook.Agent)
        .Member("key", hook.Key)
        .Member("payload", hook.Payload);

    private static JsonText Attach(AttachRequest attach) => Begin("attach", attach)
        .Member("session", attach.Session)
        .Member("mode", ModelNames.Of(attach.Mode))
        .Member("take", attach.Take)
        .Member("columns", attach.Columns)
        .Member("rows", attach.Rows)
        .Member("colors", attach.Colors)
        .Member("scrollback", attach.Scrollback)
        .Member("pace", attach.Pace)
        .Member("replica", attach.Replica)
        .Member("lend", attach.Lend)
        .Member("chord", attach.Chord)
        .Member("termios", attach.Termios)
        .Member("alerts", attach.Alerts);

    private static JsonText Begin(string type, Request request) => new JsonText(type).Member("id", request.Id);

    private static JsonText Channel(string type, ChannelRequest request) => Begin(type, request).Member("channel", request.Channel);
}
