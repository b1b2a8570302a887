using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Output;

namespace Tether.Tui.Connection.Json;

/// <summary>
/// The messages between the start of `run`, `attach` or the dashboard and the first screen, and that of a hook, written by hand: the serialiser's metadata would be compiled
/// at each start, which takes 50 ms. A test holds these to <see cref="WireJson"/>, which writes everything else.
/// </summary>
internal static class HotEncoder
{
    public static byte[] Encode(Message message) => message switch
    {
        HelloRequest hello => Begin("hello", hello).Member("versions", hello.Versions).Member("client", hello.Client).Finish(),
        ListRequest list => Begin("list", list).Member("all", list.All).Finish(),
        CreateRequest create => Create(create),
        AttachRequest attach => Attach(attach),
        DetachRequest detach => Channel("detach", detach).Finish(),
        RedrawRequest redraw => Channel("redraw", redraw).Member("scrollback", redraw.Scrollback).Finish(),
        ResizeRequest resize => Channel("resize", resize).Member("columns", resize.Columns).Member("rows", resize.Rows).Finish(),
        ColorsRequest colors => Channel("colors", colors).Member("colors", colors.Colors).Finish(),
        PaceRequest pace => Channel("pace", pace).Member("milliseconds", pace.Milliseconds).Finish(),
        TakeControlRequest take => Channel("take-control", take).Member("ifFree", take.IfFree).Finish(),
        ReleaseControlRequest release => Channel("release-control", release).Finish(),
        SubscribeRequest subscribe => Begin("subscribe", subscribe).Member("session", subscribe.Session).Member("alerts", subscribe.Alerts).Finish(),
        EventsRequest events => Begin("events", events).Member("session", events.Session).Member("since", events.Since).Member("limit", events.Limit).Finish(),
        QueueRequest queue => Begin("queue", queue).Member("session", queue.Session).Member("all", queue.All).Finish(),
        ResumeRequest resume => Channel("resume", resume).Member("input", resume.Input).Member("redraw", resume.Redraw).Finish(),
        StopRequest stop => Begin("stop", stop).Member("session", stop.Session).Member("force", stop.Force).Finish(),
        HookRequest hook => Hook(hook),
        _ => WireJson.Encode(message),
    };

    private static byte[] Create(CreateRequest create) => Begin("create", create)
        .Member("provider", create.Provider)
        .Member("arguments", create.Arguments)
        .Member("directory", create.Directory)
        .Member("environment", create.Environment)
        .Member("fileLimit", create.FileLimit)
        .Member("umask", create.Umask)
        .Member("title", create.Title)
        .Member("approval", create.Approval is { } mode ? SessionText.Mode(mode) : null)
        .Member("columns", create.Columns)
        .Member("rows", create.Rows)
        .Member("colors", create.Colors)
        .Finish();

    private static byte[] Hook(HookRequest hook) => Begin("hook", hook)
        .Member("session", hook.Session)
        .Member("secret", hook.Secret)
        .Member("agent", hook.Agent)
        .Member("key", hook.Key)
        .Member("payload", hook.Payload)
        .Finish();

    private static byte[] Attach(AttachRequest attach) => Begin("attach", attach)
        .Member("session", attach.Session)
        .Member("mode", attach.Mode == AttachMode.Control ? "control" : "observe")
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
        .Member("alerts", attach.Alerts)
        .Finish();

    private static JsonText Begin(string type, Request request) => new JsonText(type).Member("id", request.Id);

    private static JsonText Channel(string type, ChannelRequest request) => Begin(type, request).Member("channel", request.Channel);
}
