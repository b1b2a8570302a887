using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>
/// What needs a human. First what the daemon's queue has, in its order, then what the dashboard noticed itself, oldest first, at most one item for each
/// session and kind and none of a session that stands in the daemon's queue; last what was put off. Belongs to the dashboard's loop.
/// </summary>
internal sealed class AttentionQueue
{
    private readonly List<AttentionItem> _noticed = [];
    private readonly List<QueueItem> _asked = [];
    private AttentionItem[] _items = [];
    private DateTimeOffset _now = DateTimeOffset.MinValue;

    public IReadOnlyList<AttentionItem> Items => _items;

    /// <summary>Grows whenever the items change.</summary>
    public int Version { get; private set; }

    /// <summary>Sessions that wait for more than having finished well.</summary>
    public IEnumerable<string> SessionsInNeed => Items.Where(item => item.IsNeed).Select(item => item.Session).Distinct();

    /// <summary>When an item that was put off comes back; null when none is.</summary>
    public DateTimeOffset? NextChangeAt => _asked.Where(item => item.SnoozedUntil > _now).Min(item => item.SnoozedUntil);

    /// <summary>The item of the daemon's queue by its id; null when it does not stand there.</summary>
    public QueueItem? Find(string id) => _asked.Find(item => item.Id == id);

    /// <summary>Puts something in. What is already there keeps its place and takes the newer text.</summary>
    public void Add(AttentionKind kind, string session, DateTimeOffset since, string text = "")
    {
        var known = _noticed.FindIndex(item => item.Kind == kind && item.Session == session);
        if (known >= 0)
        {
            _noticed[known] = _noticed[known] with { Text = text, Times = _noticed[known].Times + 1 };
        }
        else
        {
            var behind = _noticed.FindIndex(item => item.Since > since);
            _noticed.Insert(behind < 0 ? _noticed.Count : behind, new AttentionItem(kind, session, since, text));
        }

        Merge();
    }

    /// <summary>All that stands in the daemon's queue, in its order. What is unchanged stays the same object.</summary>
    public void Take(IReadOnlyList<QueueItem> items, DateTimeOffset now)
    {
        _now = now;
        var before = _asked.ToDictionary(item => item.Id);
        _asked.Clear();
        foreach (var item in items.Where(IsThere).DistinctBy(item => item.Id))
        {
            _asked.Add(before.GetValueOrDefault(item.Id) is { } known && SameItem.Is(known, item) ? known : item);
        }

        Merge();
    }

    /// <summary>One item of the daemon's queue has changed. A new one stands behind those that are as urgent until its place is known.</summary>
    /// <returns>True if it is new.</returns>
    public bool Take(QueueItem item, DateTimeOffset now)
    {
        _now = now;
        var known = _asked.FindIndex(other => other.Id == item.Id);
        var isNew = known < 0 && IsThere(item);
        if (isNew)
        {
            var behind = _asked.FindIndex(other => AskedText.Urgency(other) > AskedText.Urgency(item));
            _asked.Insert(behind < 0 ? _asked.Count : behind, item);
        }
        else if (known >= 0 && IsThere(item))
        {
            _asked[known] = SameItem.Is(_asked[known], item) ? _asked[known] : item;
        }
        else if (known >= 0)
        {
            _asked.RemoveAt(known);
            if (item.Kind is QueueKind.Exited or QueueKind.Failed)
            {
                _noticed.RemoveAll(other => other.Session == item.Session);
            }
        }

        Merge();
        return isNew;
    }

    /// <summary>The daemon says what a session is up to: what was guessed of it counts no more, but its end.</summary>
    public void Told(string session) =>
        Drop(item => item.Session == session && item.Kind is AttentionKind.Bell or AttentionKind.Notification or AttentionKind.WaitingQuietly);

    /// <summary>The person looked at a session: what happened until then is no news any more.</summary>
    public void Looked(string session, DateTimeOffset now) => Drop(item => item.Session == session && item.Since <= now);

    /// <summary>What the daemon says of a session that somebody should know; it takes the place of what it said before.</summary>
    public void Tell(string session, DateTimeOffset since, string text)
    {
        var told = new AttentionItem(AttentionKind.Told, session, since, text);
        if (!_noticed.Contains(told))
        {
            _noticed.RemoveAll(item => item.Session == session && item.Kind == AttentionKind.Told);
            Add(AttentionKind.Told, session, since, text);
        }
    }

    /// <summary>It says nothing of the kind any more.</summary>
    public void Untell(string session) => Drop(item => item.Session == session && item.Kind == AttentionKind.Told);

    public void Dismiss(AttentionItem item) => Drop(other => other.Session == item.Session && other.Kind == item.Kind);

    /// <summary>It works again: it waits no more.</summary>
    public void Working(string session) => Drop(item => item.Session == session && item.Kind == AttentionKind.WaitingQuietly);

    /// <summary>All that was noticed of a session, because it is gone or something graver took their place.</summary>
    public void Remove(string session) => Drop(item => item.Session == session);

    /// <summary>Brings back what was put off until now.</summary>
    public void Advance(DateTimeOffset now)
    {
        var isDue = NextChangeAt <= now;
        _now = now;
        if (isDue)
        {
            Merge();
        }
    }

    /// <summary>
    /// The item to go to next: the first, or from a session that is in the queue itself the next one of another session, and from the last the first.
    /// </summary>
    /// <param name="after">The session where the person is; null for none.</param>
    /// <returns>Null when nothing but that session needs anybody.</returns>
    public AttentionItem? Next(string? after = null)
    {
        var items = Items.Where(item => !item.IsSnoozed).ToList();
        var here = after is null ? -1 : items.FindIndex(item => item.Session == after);
        for (var step = 1; step <= items.Count; step++)
        {
            var item = items[(here + step) % items.Count];
            if (item.Session != after)
            {
                return item;
            }
        }

        return null;
    }

    private static bool IsThere(QueueItem item) => item.State is QueueState.Open or QueueState.Answering;

    private void Drop(Predicate<AttentionItem> isOver)
    {
        if (_noticed.RemoveAll(isOver) > 0)
        {
            Merge();
        }
    }

    private void Merge()
    {
        var asked = _asked.Select(item => AttentionItem.Of(item, _now)).ToList();
        var asking = _asked.Select(item => item.Session).ToHashSet();
        AttentionItem[] items = [.. asked.Where(item => !item.IsSnoozed), .. _noticed.Where(item => !asking.Contains(item.Session)), .. asked.Where(item => item.IsSnoozed)];
        if (!items.AsSpan().SequenceEqual(_items))
        {
            _items = items;
            Version++;
        }
    }
}
