using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Tests.Support;

namespace Tether.Tui.Tests.Dashboard;

/// <summary>
/// A daemon for the dashboard: it knows sessions with their screens, and answers what is asked as the real one would, unless a test keeps a kind of
/// request back (<see cref="Hold{T}"/>) or answers it otherwise (<see cref="On{T}"/>).
/// </summary>
internal sealed class FakeDaemonDesk
{
    private readonly Dictionary<string, SessionRecord> _records = [];
    private readonly Dictionary<string, string> _screens = [];
    private readonly Dictionary<string, string> _histories = [];
    private readonly Dictionary<string, int> _channels = [];
    private readonly Dictionary<int, string> _controllers = [];
    private readonly Dictionary<Type, Func<Request, IEnumerable<Message>>> _otherwise = [];
    private int _answered;

    public FakeConnection Connection { get; private set; } = new();

    public List<SessionEventNotice> Past { get; } = [];

    /// <summary>What stands in the queue, in its order.</summary>
    public List<QueueItem> Items { get; } = [];

    /// <summary>All requests of a kind that came over this connection.</summary>
    public IEnumerable<T> All<T>()
        where T : Request => Connection.Sent.OfType<T>();

    public void Put(SessionRecord record) => _records[record.Id] = record;

    public void Remove(string session) => _records.Remove(session);

    public SessionRecord Record(string session) => _records[session];

    /// <summary>What the next attach shows.</summary>
    public void Shows(string session, string screen) => _screens[session] = screen;

    /// <summary>What a capture in the format vt holds.</summary>
    public void Printed(string session, params string[] lines) => _histories[session] = string.Join("\r\n", lines);

    /// <summary>Somebody else types into it.</summary>
    public void IsControlledBy(string session, string name)
    {
        Put(_records[session] with { Controller = name });
        _controllers[ChannelOf(session)] = name;
    }

    public int ChannelOf(string session) => _channels.TryGetValue(session, out var channel) ? channel : _channels[session] = _channels.Count + 1;

    public void On<T>(Func<T, Message?> answer)
        where T : Request => _otherwise[typeof(T)] = request => answer((T)request) is { } reply ? [reply] : [];

    /// <summary>Requests of this kind are not answered.</summary>
    public void Hold<T>()
        where T : Request => On<T>(_ => null);

    /// <summary>They are again, beginning with the next.</summary>
    public void Release<T>()
        where T : Request => _otherwise.Remove(typeof(T));

    public void Refuse<T>(string message)
        where T : Request => On<T>(request => new ErrorReply { Re = request.Id, Code = ErrorCode.BadRequest, Message = message });

    /// <summary>Another daemon is there, or the same again.</summary>
    public FakeConnection Restart()
    {
        (Connection, _answered) = (new FakeConnection(), 0);
        _controllers.Clear();
        return Connection;
    }

    /// <summary>Something was asked that is not answered yet.</summary>
    public bool HasOpen => Connection.Sent.Count > _answered;

    /// <summary>Answers what has been asked since the last time.</summary>
    public void Serve()
    {
        var open = Connection.Sent.Skip(_answered).OfType<Request>().ToList();
        _answered = Connection.Sent.Count;
        foreach (var request in open)
        {
            if (_otherwise.TryGetValue(request.GetType(), out var otherwise))
            {
                otherwise(request).ToList().ForEach(Connection.Come);
            }
            else
            {
                Answer(request);
            }
        }
    }

    private void Answer(Request request)
    {
        switch (request)
        {
            case ListRequest:
                Connection.Come(new SessionsReply { Re = request.Id, Sessions = [.. _records.Values] });
                break;
            case EventsRequest:
                Connection.Come(new EventsReply { Re = request.Id, Events = [.. Past] });
                break;
            case AttachRequest attach:
                Attach(attach);
                break;
            case TakeControlRequest take:
                Connection.Come(new OkReply { Re = request.Id });
                Connection.Come(take.IfFree && _controllers.TryGetValue(take.Channel, out var other)
                    ? new ControlNotice { Channel = take.Channel, Mode = AttachMode.Observe, Cause = "refused", By = other }
                    : new ControlNotice { Channel = take.Channel, Mode = AttachMode.Control, Cause = "granted" });
                break;
            case CaptureRequest capture:
                var record = _records[capture.Session];
                Connection.Come(new CaptureReply
                {
                    Re = request.Id, Text = _histories.GetValueOrDefault(capture.Session, ""), Columns = record.Columns, Rows = record.Rows,
                    CursorRow = 0, CursorColumn = 0, OutputRow = record.OutputRow ?? 0,
                });
                break;
            case RenameRequest rename:
                Change(request, _records[rename.Session] with { Title = rename.Title });
                break;
            case TagRequest tag:
                Change(request, _records[tag.Session] with { Tags = tag.Tags });
                break;
            case StopRequest stop:
                Change(request, _records[stop.Session] with { State = SessionState.Exited, Signal = 1 });
                break;
            case InputRequest:
                Connection.Come(new InputReply { Re = request.Id, Receipt = "submitted" });
                break;
            case QueueRequest:
                Connection.Come(new QueueReply { Re = request.Id, Items = [.. Items] });
                break;
            case AnswerRequest answer:
                var item = Items.First(item => item.Id == answer.Item);
                Items.Remove(item);
                item = item with
                {
                    State = QueueState.Answered,
                    Answer = new QueueAnswer
                    {
                        Decision = answer.Decision, By = "me", Surface = answer.Surface, At = DashboardRig.Start, Reason = answer.Reason, Receipt = "delivered",
                    },
                };
                Connection.Come(new ItemNotice { Item = item });
                Connection.Come(new ItemReply { Re = request.Id, Item = item });
                break;
            case SnoozeRequest snooze:
                var at = Items.FindIndex(item => item.Id == snooze.Item);
                Items[at] = Items[at] with { SnoozedUntil = DashboardRig.Start.AddSeconds(snooze.Seconds) };
                Connection.Come(new ItemReply { Re = request.Id, Item = Items[at] });
                break;
            case WaitRequest wait:
                Connection.Come(new WaitReply { Re = request.Id, Outcome = "idle", Session = _records[wait.Session] });
                break;
            default:
                Connection.Come(new OkReply { Re = request.Id });
                break;
        }
    }

    private void Attach(AttachRequest attach)
    {
        var channel = ChannelOf(attach.Session);
        Connection.Come(new AttachedReply { Re = attach.Id, Channel = channel, Mode = AttachMode.Observe, Session = _records[attach.Session] });
        Connection.Come(FrameKind.Snapshot, channel, _screens.GetValueOrDefault(attach.Session, ""), _records[attach.Session].Offset);
        if (_records[attach.Session].State != SessionState.Running)
        {
            Connection.Come(new ExitedNotice { Channel = channel, Session = _records[attach.Session] });
        }
    }

    private void Change(Request request, SessionRecord record)
    {
        Put(record);
        Connection.Come(new SessionReply { Re = request.Id, Session = record });
    }
}
