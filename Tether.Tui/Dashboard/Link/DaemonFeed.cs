using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
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

    // Of the session that is looked at: where its output was is to be known when the person turns away.
    private const int FocusedRecordMilliseconds = 1000;

    private readonly Dictionary<string, (DateTimeOffset At, long End)> _printed = [];
    private const int MostEvents = 1000;

    // What came of itself since the connection was made, until the answer about the past has come, which may tell it once more.
    private readonly HashSet<SessionEventNotice> _told = [];
    private DateTimeOffset _newest = DateTimeOffset.MinValue;
    private DateTimeOffset _newestBefore = DateTimeOffset.MinValue;
    private bool _hasPast;

    private DateTimeOffset _seenSince;
    private QueueListing _queue;
    private bool _isQueueListed;
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

    /// <summary>Told of each change of an item of the daemon's queue: as it was, null for a new one, and as it is.</summary>
    public Action<QueueItem?, QueueItem> ItemChanged { get; init; } = static (_, _) => { };

    /// <summary>Told when all of the daemon's queue has come for the first time since the connection was made.</summary>
    public Action QueueListed { get; init; } = static () => { };

    /// <summary>This dashboard shows desktop notifications, each told by <see cref="Alerted"/>.</summary>
    public bool ShowsAlerts { get; init; }

    /// <summary>Told when something needs a person who may be looking elsewhere.</summary>
    public Action<AlertNotice> Alerted { get; init; } = static _ => { };

    /// <summary>When <see cref="Advance"/> has something to do; 0 for never.</summary>
    public long NextChangeAt => context.Link.IsLost ? Math.Max(1, _reconnectDue)
        : (_listDue, _recordsDue) switch { (0, var records) => records, (var list, 0) => list, var (list, records) => Math.Min(list, records) };

    /// <summary>Asks for everything that is to be known.</summary>
    public void Start()
    {
        (_newestBefore, _hasPast) = (_newest, false);
        _told.Clear();
        Subscribe(isHere: true);
        AskList();
        (_queue, _isQueueListed) = (QueueListing.Known, false);
        AskQueue();
        context.Link.Ask<EventsReply>(new EventsRequest { Since = context.Fleet.OldestNews(context.Now), Limit = MostEvents }, TakePast, context.Say);
    }

    /// <summary>Hears what happens; and what the person should hear on the desktop, unless the terminal is somebody else's for a while.</summary>
    public void Subscribe(bool isHere) => context.Link.Tell(new SubscribeRequest { Alerts = ShowsAlerts && isHere });

    /// <summary>The list of sessions is asked for again soon.</summary>
    public void AskListSoon() => _listDue = _listDue == 0 ? context.Host.Milliseconds + ListMilliseconds : _listDue;

    /// <summary>Takes what has come.</summary>
    public void Take() => context.Link.Take(TakeUnasked);

    /// <summary>Brings what sessions printed since the last time into the fleet: to be called before everything is drawn.</summary>
    public void Settle()
    {
        foreach (var (session, (at, end)) in _printed)
        {
            if (context.Replicas.Find(session) is { HasScreen: true } replica)
            {
                context.Fleet.Printed(session, at, end, CardView.LastLines(replica.Emulator, 1) is [var line] ? line : null);
                var due = context.Host.Milliseconds + (session == context.State.Focused ? FocusedRecordMilliseconds : RecordMilliseconds);
                _recordsDue = _recordsDue == 0 ? due : Math.Min(_recordsDue, due);
            }
        }

        _printed.Clear();
    }

    /// <summary>What is seen comes often, what is typed into at once, the rest seldom: to be called after everything was drawn.</summary>
    /// <param name="isHidden">Nobody sees any of it.</param>
    public void SetPaces(bool isHidden)
    {
        var state = context.State;
        var seen = isHidden ? [] : state.Tiles.Slots.Select(slot => state.TileSessions[slot.Index]).ToHashSet();
        foreach (var item in context.Fleet.Sessions)
        {
            var isTyped = item.Id == state.Focused && state.Mode == DashboardMode.Type;
            context.Replicas.SetPace(item.Id, isTyped ? DashboardPace.Live : seen.Contains(item.Id) ? DashboardPace.Seen : DashboardPace.Listed);
        }
    }

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
        SeeWatched();
    }

    // Where a new item stands is the daemon's to say; of many that come at once it is asked once more.
    private void AskQueue()
    {
        if (_queue != QueueListing.Known)
        {
            _queue = QueueListing.AskedTooEarly;
            return;
        }

        _queue = QueueListing.Asked;
        context.Link.Ask<QueueReply>(new QueueRequest(), TakeQueue, RefuseQueue);
    }

    private void TakeQueue(QueueReply reply)
    {
        var isAskedAgain = _queue == QueueListing.AskedTooEarly;
        _queue = QueueListing.Known;
        context.Fleet.Take(reply.Items, context.Now);
        context.State.IsDirty = true;
        if (!_isQueueListed)
        {
            _isQueueListed = true;
            QueueListed();
        }

        if (isAskedAgain)
        {
            AskQueue();
        }
    }

    // A daemon from before there was a queue says so; what the dashboard notices itself is all there is then.
    private void RefuseQueue(string reason) => _queue = QueueListing.Known;

    private void TakeItem(QueueItem item)
    {
        var before = context.Fleet.Queue.Find(item.Id);
        if (context.Fleet.Take(item, context.Now))
        {
            AskQueue();
        }

        ItemChanged(before, item);
        context.State.IsDirty = true;
    }

    // What finishes before the eyes of the person who types there is no news.
    private void SeeWatched()
    {
        if (context.State.Mode == DashboardMode.Type && context.Focused is { Record.Status: { State: AgentState.Done } status } item && status.Since != _seenSince)
        {
            _seenSince = status.Since;
            context.Seen(item);
        }
    }

    private void TakePast(EventsReply past)
    {
        foreach (var notice in past.Events.Where(notice => notice.At > _newestBefore && !_told.Contains(notice)))
        {
            Note(notice);
            context.Fleet.Take(notice, context.Now);
        }

        _hasPast = true;
        _told.Clear();
        if (context.State is { Arrival: { } arrival, Focused: { } id } && context.Fleet.AbsenceFrom(id) is { } absence)
        {
            context.State.Arrival = arrival with { Commands = absence.Commands };
        }

        context.State.IsDirty = true;
    }

    private void Note(SessionEventNotice notice) => _newest = notice.At > _newest ? notice.At : _newest;

    private void TakeUnasked(Incoming incoming)
    {
        if (incoming.Message is SessionEventNotice notice)
        {
            Note(notice);
            if (!_hasPast)
            {
                _told.Add(notice);
            }

            if (context.Fleet.Take(notice, context.Now))
            {
                AskListSoon();
            }

            context.State.IsDirty = true;
            return;
        }

        if (incoming.Message is ItemNotice changed)
        {
            TakeItem(changed.Item);
            return;
        }

        if (incoming.Message is AlertNotice alert)
        {
            Alerted(alert);
            return;
        }

        if (context.Replicas.SessionOf(incoming) is not { } session)
        {
            return;
        }

        var isFirst = context.Replicas.Find(session) is not { HasScreen: true };
        context.Replicas.Take(incoming);
        if (incoming.Message is null && !isFirst && session != context.State.Focused)
        {
            context.State.IsStale = true;
        }
        else
        {
            context.State.IsDirty = true;
        }

        // The snapshot of a session that never printed is no output.
        if (incoming.Message is null && incoming.Header is { Kind: FrameKind.Output or FrameKind.Snapshot, End: > 0 })
        {
            _printed[session] = (context.Now, incoming.Header.End);
        }

        Came(session, incoming);
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

    private enum QueueListing
    {
        Known,
        Asked,

        /// <summary>Something new came while the answer was on its way.</summary>
        AskedTooEarly,
    }
}
