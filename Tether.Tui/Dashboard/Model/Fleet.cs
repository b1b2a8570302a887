using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Tui.Dashboard.Model;

/// <summary>
/// All sessions that are known, what each is up to, and what of it needs a human. Sessions stand in the order of their creation within their group,
/// groups in the order in which they appeared, so that rows never move under the cursor; urgency lives in <see cref="Queue"/>.
/// Reads no clock: every call brings the time. Belongs to the dashboard's loop.
/// </summary>
/// <param name="book">When the person last looked at what; kept up to date by <see cref="Looked"/>.</param>
/// <param name="traits">Tags and hosts.</param>
internal sealed class Fleet(LookedBook book, ISessionTraits traits)
{
    private static readonly TimeSpan FirstNews = TimeSpan.FromDays(1);

    private readonly Dictionary<string, SessionTrack> _tracks = [];
    private FleetOrder _order = new(Grouping.None);
    private List<FleetGroup>? _groups;
    private SessionItem[]? _sessions;
    private string? _watched;
    private DateTimeOffset _now;
    private DateTimeOffset _nextChangeAt = DateTimeOffset.MinValue;
    private DateTimeOffset? _oldestNews;
    private int _arrived;

    public AttentionQueue Queue { get; } = new();

    /// <summary>In which the person reads times.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Grows whenever something that is shown of a session changes.</summary>
    public int Version { get; private set; }

    public Grouping Grouping
    {
        get => _order.Grouping;
        set
        {
            _order = new FleetOrder(value);
            Changed();
        }
    }

    /// <summary>What happened before is no news: when the person last left, or, if he never had a dashboard, a day ago.</summary>
    public DateTimeOffset OldestNews(DateTimeOffset now) => book.LeftAt ?? now - FirstNews;

    public IReadOnlyList<FleetGroup> Groups => _groups ??= _order.Divide(_tracks.Values.OrderBy(track => track.Ordinal).Select(track => track.Item!));

    /// <summary>Group after group, as the list shows them.</summary>
    public IReadOnlyList<SessionItem> Sessions => _sessions ??= [.. Groups.SelectMany(group => group.Sessions)];

    /// <summary>
    /// When something that is shown may change by time alone: the time of the next <see cref="Advance"/>. Null when there is no session.
    /// </summary>
    public DateTimeOffset? NextChangeAt => _tracks.Count > 0 || Queue.NextChangeAt is not null ? _nextChangeAt : null;

    public FleetCounts Counts => new(
        _tracks.Count,
        Sessions.Count(item => item.Status == SessionStatus.Working),
        Queue.SessionsInNeed.Union(Sessions.Where(item => StatusText.NeedsPerson(item.Status)).Select(item => item.Id)).Count(),
        Sessions.Count(item => item.Status is SessionStatus.Done or SessionStatus.Exited && !item.IsPast),
        Sessions.Count(item => item.Status is SessionStatus.Failed or SessionStatus.Lost && !item.IsPast));

    public SessionItem? Find(string id) => _tracks.GetValueOrDefault(id)?.Item;

    /// <summary>All sessions there are: what is not among them is forgotten.</summary>
    public void Update(IReadOnlyList<SessionRecord> records, DateTimeOffset now)
    {
        var ids = records.Select(record => record.Id).ToHashSet();
        foreach (var gone in _tracks.Keys.Where(id => !ids.Contains(id)).ToList())
        {
            Forget(gone);
        }

        foreach (var record in records.OrderBy(record => record.CreatedAt).ThenBy(record => record.Id, StringComparer.Ordinal))
        {
            Take(record, now);
        }

        book.Prune(ids);
        Refresh(now);
    }

    /// <summary>One session, new or known.</summary>
    public void Update(SessionRecord record, DateTimeOffset now)
    {
        Take(record, now);
        Refresh(now);
    }

    public void Remove(string id)
    {
        Forget(id);
        book.Remove(id);
    }

    /// <summary>What the daemon told.</summary>
    /// <returns>True if the session's record has to be asked for again to know what it is now.</returns>
    public bool Take(SessionEventNotice notice, DateTimeOffset now)
    {
        if (notice.Kind == "deleted")
        {
            Remove(notice.Session);
            return false;
        }

        if (!_tracks.TryGetValue(notice.Session, out var track))
        {
            return true;
        }

        var isNews = track.LookedAt is not { } looked || notice.At > looked;
        switch (notice.Kind)
        {
            case "bell":
                Ask(track, AttentionKind.Bell, notice, isNews);
                break;
            case "notification":
                Ask(track, AttentionKind.Notification, notice, isNews);
                break;
            case "prompt":
                track.Commands = isNews ? track.Commands.With(notice.Text) : track.Commands.With(notice.Text).Emptied;
                return false;
            case "renamed":
                track.Record = track.Record with { Title = notice.Text };
                break;
            case "title":
                track.Record = track.Record with { ProgramTitle = notice.Text };
                break;
            case "progress" or "status" or "clipboard" or "image":
                return false;
            default:
                return true;
        }

        Refresh(now);
        return false;
    }

    /// <summary>All that stands in the daemon's queue, in its order.</summary>
    public void Take(IReadOnlyList<QueueItem> items, DateTimeOffset now)
    {
        Queue.Take(items, now);
        Refresh(now);
    }

    /// <summary>An item of the daemon's queue, new or changed.</summary>
    /// <returns>True if its place among the others has to be asked for.</returns>
    public bool Take(QueueItem item, DateTimeOffset now)
    {
        var isNew = Queue.Take(item, now);
        Refresh(now);
        return isNew;
    }

    /// <summary>A session printed just now; cheap enough for every piece of output.</summary>
    /// <param name="id">Which.</param>
    /// <param name="now">The time.</param>
    /// <param name="offset">Bytes printed so far; 0 where it is not known.</param>
    /// <param name="lastLine">The last line of text on its screen, where it is known.</param>
    public void Printed(string id, DateTimeOffset now, long offset = 0, string? lastLine = null)
    {
        if (!_tracks.TryGetValue(id, out var track))
        {
            return;
        }

        _now = now;
        if (offset == 0 || offset > track.Offset)
        {
            // A screen that was sent again is nothing new.
            track.Printed(offset, now);
        }

        track.Record = lastLine is null || lastLine == track.Record.LastLine ? track.Record : track.Record with { LastLine = lastLine };
        Show(track);
    }

    /// <summary>The person looked at a session and turned away, or did something in it: all that happened is seen.</summary>
    public void Looked(string id, Look look)
    {
        if (_tracks.TryGetValue(id, out var track))
        {
            book.Looked(id, look);
            See(track, look.At);
            Refresh(look.At);
        }
    }

    /// <summary>
    /// The session that the person has before him alone, as while he types into it: nothing it does is news until he turns away.
    /// Null for none.
    /// </summary>
    public void Watch(string? id, DateTimeOffset now)
    {
        foreach (var watched in new[] { _watched, id })
        {
            if (watched is not null && _tracks.TryGetValue(watched, out var track))
            {
                track.IsWatched = watched == id;
                See(track, now);
            }
        }

        _watched = id;
        Refresh(now);
    }

    /// <summary>The person does not care for an item of the queue; it asks for nobody any more.</summary>
    public void Dismiss(AttentionItem item, DateTimeOffset now)
    {
        Queue.Dismiss(item);
        if (_tracks.TryGetValue(item.Session, out var track))
        {
            var left = Queue.Items.Where(other => other.Session == item.Session).Select(other => other.Kind).ToList();
            track.NewsSeen(item);
            track.Dismissed(left.Contains(AttentionKind.Bell) || left.Contains(AttentionKind.Notification), left.Contains(AttentionKind.WaitingQuietly));
        }

        Refresh(now);
    }

    /// <summary>What happened to a session since the person last looked at it. Null if he never did, or it is not known.</summary>
    /// <param name="id">Which.</param>
    /// <param name="row">The absolute row where its output ends now; null where it is not known.</param>
    /// <param name="filesChanged">As git counts them; null where it is not known.</param>
    public Absence? AbsenceFrom(string id, long? row = null, int? filesChanged = null) =>
        _tracks.TryGetValue(id, out var track) && track.Item is { } item && book.Find(id) is { } look
            ? new Absence(look, item) { Offset = track.Offset, Row = row, FilesChanged = filesChanged, Commands = track.Commands }
            : null;

    /// <summary>Does what time alone does. To be called at <see cref="NextChangeAt"/>; at any other time it costs nothing.</summary>
    public void Advance(DateTimeOffset now)
    {
        if (now < _now || now >= _nextChangeAt)
        {
            Refresh(now);
        }

        _now = now;
    }

    // All sessions, after something happened to one or to all of them.
    private void Refresh(DateTimeOffset now)
    {
        _now = now;
        Queue.Advance(now);
        _nextChangeAt = Queue.NextChangeAt ?? DateTimeOffset.MaxValue;
        foreach (var track in _tracks.Values)
        {
            if (track.Advance(now) is { } silentSince)
            {
                Queue.Add(AttentionKind.WaitingQuietly, track.Record.Id, silentSince);
            }

            Show(track);
        }
    }

    private void Take(SessionRecord record, DateTimeOffset now)
    {
        _now = now;
        _oldestNews ??= OldestNews(now);
        if (!_tracks.TryGetValue(record.Id, out var track))
        {
            var looked = book.Find(record.Id)?.At;
            var newsFrom = looked ?? Later(record.CreatedAt, _oldestNews.Value);
            track = new SessionTrack(record, _arrived++, looked, newsFrom, now) { IsWatched = record.Id == _watched };
            _tracks.Add(record.Id, track);
            if (record.EndedAt > newsFrom)
            {
                End(track);
            }
            else
            {
                track.IsPast = record.State != SessionState.Running;
            }

            return;
        }

        var before = track.Record;
        track.Record = record;
        if (track.IsTold)
        {
            Queue.Told(record.Id);
        }

        if (record.Offset > track.Offset)
        {
            track.Printed(record.Offset, record.LastOutputAt < now ? record.LastOutputAt : now);
        }

        if (before.State == SessionState.Running && record.State != SessionState.Running)
        {
            End(track);
        }
        else if (before.State != SessionState.Running && record.State == SessionState.Running)
        {
            // A lost session whose keeper came back.
            Queue.Remove(record.Id);
            track.IsPast = false;
        }
    }

    // Its questions are moot.
    private void End(SessionTrack track)
    {
        var record = track.Record;
        Queue.Remove(record.Id);
        AttentionKind? kind = StatusText.Ended(record) switch
        {
            SessionStatus.Done or SessionStatus.Exited => AttentionKind.Finished,
            SessionStatus.Failed => AttentionKind.Failed,
            SessionStatus.Lost => AttentionKind.Lost,
            _ => null,
        };
        if (kind is { } news && !track.IsWatched)
        {
            Queue.Add(news, record.Id, record.EndedAt ?? _now, StatusText.End(record));
        }
    }

    private void Ask(SessionTrack track, AttentionKind kind, SessionEventNotice notice, bool isNews)
    {
        if (isNews && !track.IsTold && !track.IsWatched && track.Record.State == SessionState.Running)
        {
            track.Asked(notice.At);
            Queue.Add(kind, notice.Session, notice.At, notice.Text);
        }
    }

    private void See(SessionTrack track, DateTimeOffset now)
    {
        track.Looked(now);
        track.Commands = track.Commands.Emptied;
        Queue.Looked(track.Record.Id, now);
    }

    private void Forget(string id)
    {
        if (_tracks.Remove(id))
        {
            Queue.Remove(id);
            Changed();
        }
    }

    private void Show(SessionTrack track)
    {
        if (!track.IsWaiting)
        {
            Queue.Working(track.Record.Id);
        }

        if (track.News is { } news)
        {
            Queue.Tell(track.Record.Id, news.Since, news.Text);
        }
        else
        {
            Queue.Untell(track.Record.Id);
        }

        _nextChangeAt = Earlier(_nextChangeAt, track.NextChange(_now));
        var (status, since) = track.StatusAt(_now);
        var age = AgeText.Of(since, _now, status == SessionStatus.Working);
        var until = status == SessionStatus.LimitReached && track.Record.Status?.Until is { } end ? StatusText.Until(end, _now, Zone) : "";
        if (track.Item is { } shown && shown.Until == until && shown.Status == status && shown.Age == age && shown.IsPast == track.IsPast && ShownRecord.IsSame(shown.Record, track.Record)
            && shown.Tags.SequenceEqual(traits.TagsOf(track.Record)))
        {
            return;
        }

        track.Item = new SessionItem
        {
            Record = track.Record,
            Tags = traits.TagsOf(track.Record),
            Host = traits.HostOf(track.Record),
            Status = status,
            Until = until,
            Since = since,
            Age = age,
            IsPast = track.IsPast,
        };
        Changed();
    }

    private void Changed()
    {
        (_groups, _sessions) = (null, null);
        Version++;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
