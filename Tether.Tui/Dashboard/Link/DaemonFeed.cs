using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard.Link;

/// <summary>Brings what the daemon tells into the fleet and the replicas, and finds the daemon again when it is gone.</summary>
internal sealed class DaemonFeed(DashboardContext context)
{
    private const int ReconnectMilliseconds = 100;
    private const int PatienceMilliseconds = 150;
    private const int ListMilliseconds = 100;

    // Records tell what no event does: how many lines a session has printed.
    private const int RecordMilliseconds = 5000;

    private long _listDue;
    private long _recordsDue;
    private long _reconnectDue;
    private long _lostAt;

    /// <summary>All sessions have been listed since the connection was made.</summary>
    public bool IsListed { get; private set; }

    /// <summary>Told of what came of a session, behind the replica.</summary>
    public Action<string, Incoming> Came { get; init; } = static (_, _) => { };

    /// <summary>Told when the connection is gone.</summary>
    public Action Lost { get; init; } = static () => { };

    /// <summary>Told when all sessions have been listed.</summary>
    public Action Listed { get; init; } = static () => { };

    /// <summary>When <see cref="Advance"/> has something to do; 0 for never.</summary>
    public long NextChangeAt => context.Link.IsLost ? Math.Max(1, _reconnectDue)
        : (_listDue, _recordsDue) switch { (0, var records) => records, (var list, 0) => list, var (list, records) => Math.Min(list, records) };

    /// <summary>Asks for everything that is to be known.</summary>
    public void Start()
    {
        context.Link.Tell(new SubscribeRequest());
        AskList();
        if (context.Book.LeftAt is { } left)
        {
            context.Link.Ask<EventsReply>(new EventsRequest { Since = left }, TakePast, context.Say);
        }
    }

    /// <summary>The list of sessions is asked for again soon.</summary>
    public void AskListSoon() => _listDue = _listDue == 0 ? context.Host.Milliseconds + ListMilliseconds : _listDue;

    /// <summary>Takes what has come.</summary>
    public void Take() => context.Link.Take(TakeUnasked);

    public void Advance()
    {
        var now = context.Host.Milliseconds;
        if (context.Link.IsLost)
        {
            Reconnect(now);
            return;
        }

        if ((_listDue != 0 && now >= _listDue) || (_recordsDue != 0 && now >= _recordsDue))
        {
            AskList();
        }
    }

    private void AskList()
    {
        (_listDue, _recordsDue) = (0, 0);
        context.Link.Ask<SessionsReply>(new ListRequest { All = true }, TakeList, context.Say);
    }

    private void TakeList(SessionsReply reply)
    {
        context.Fleet.Update(reply.Sessions, context.Now);
        context.Replicas.Follow(reply.Sessions);
        (IsListed, context.State.IsDirty) = (true, true);
        Listed();
    }

    private void TakePast(EventsReply past)
    {
        foreach (var notice in past.Events)
        {
            context.Fleet.Take(notice, context.Now);
        }

        context.State.IsDirty = true;
    }

    private void TakeUnasked(Incoming incoming)
    {
        if (incoming.Message is SessionEventNotice notice)
        {
            if (context.Fleet.Take(notice, context.Now))
            {
                AskListSoon();
            }

            context.State.IsDirty = true;
            return;
        }

        if (context.Replicas.SessionOf(incoming) is { } session)
        {
            context.Replicas.Take(incoming);
            context.State.IsDirty = true;
            if (incoming.Message is null)
            {
                TakeOutput(session, incoming.Header);
            }

            Came(session, incoming);
        }
    }

    private void TakeOutput(string session, FrameHeader header)
    {
        if (header.Kind is not (FrameKind.Output or FrameKind.Snapshot) || context.Replicas.Find(session) is not { } replica)
        {
            return;
        }

        context.Fleet.Printed(session, context.Now, header.End, CardView.LastLines(replica.Emulator, 1) is [var line] ? line : null);
        _recordsDue = _recordsDue == 0 ? context.Host.Milliseconds + RecordMilliseconds : _recordsDue;
    }

    private void Reconnect(long now)
    {
        if (context.State.Alarm is null)
        {
            (IsListed, _lostAt, _reconnectDue) = (false, now, 0);
            Lost();
        }

        var alarm = context.Host.IsDaemonStopped
            ? "the daemon was stopped; sessions go on; waiting for `tether start`"
            : "the daemon is gone; sessions go on; reconnecting …";
        (context.State.IsDirty, context.State.Alarm) = (context.State.IsDirty || context.State.Alarm != alarm, alarm);
        if (now < _reconnectDue)
        {
            return;
        }

        // Whoever stopped the daemon may be starting the next one this moment.
        _reconnectDue = now + ReconnectMilliseconds;
        if (context.Host.TryConnect(startsIt: now - _lostAt >= PatienceMilliseconds && !context.Host.IsDaemonStopped) is { } connection)
        {
            context.Adopt(connection);
            context.State.Alarm = null;
            context.Say("reconnected");
            Start();
        }
    }
}
