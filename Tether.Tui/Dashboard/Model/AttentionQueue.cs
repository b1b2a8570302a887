namespace Tether.Tui.Dashboard.Model;

/// <summary>
/// What needs a human, oldest first, at most one item for each session and kind, so its length is bounded by the number of sessions.
/// Belongs to the dashboard's loop.
/// </summary>
internal sealed class AttentionQueue
{
    private readonly List<AttentionItem> _items = [];

    public IReadOnlyList<AttentionItem> Items => _items;

    /// <summary>Grows whenever the items change.</summary>
    public int Version { get; private set; }

    /// <summary>How many sessions wait for more than having finished well.</summary>
    public int SessionsInNeed => _items.Where(item => item.Kind != AttentionKind.Finished).Select(item => item.Session).Distinct().Count();

    /// <summary>Puts something in. What is already there keeps its place and takes the newer text.</summary>
    public void Add(AttentionKind kind, string session, DateTimeOffset since, string text = "")
    {
        var known = _items.FindIndex(item => item.Kind == kind && item.Session == session);
        if (known >= 0)
        {
            _items[known] = _items[known] with { Text = text, Times = _items[known].Times + 1 };
        }
        else
        {
            var behind = _items.FindIndex(item => item.Since > since);
            _items.Insert(behind < 0 ? _items.Count : behind, new AttentionItem(kind, session, since, text));
        }

        Version++;
    }

    /// <summary>The person looked at a session: what happened until then is no news any more.</summary>
    public void Looked(string session, DateTimeOffset now) => Drop(item => item.Session == session && item.Since <= now);

    public void Dismiss(AttentionItem item) => Drop(other => other.Session == item.Session && other.Kind == item.Kind);

    /// <summary>It works again: it waits no more.</summary>
    public void Working(string session) => Drop(item => item.Session == session && item.Kind == AttentionKind.WaitingQuietly);

    /// <summary>All of a session, because it is gone or something graver took their place.</summary>
    public void Remove(string session) => Drop(item => item.Session == session);

    /// <summary>
    /// The item to go to next: the oldest, or from a session that is in the queue itself the next one of another session, and from the last the first.
    /// </summary>
    /// <param name="after">The session where the person is; null for none.</param>
    /// <returns>Null when nothing but that session needs anybody.</returns>
    public AttentionItem? Next(string? after = null)
    {
        var here = after is null ? -1 : _items.FindIndex(item => item.Session == after);
        for (var step = 1; step <= _items.Count; step++)
        {
            var item = _items[(here + step) % _items.Count];
            if (item.Session != after)
            {
                return item;
            }
        }

        return null;
    }

    private void Drop(Predicate<AttentionItem> isOver)
    {
        if (_items.RemoveAll(isOver) > 0)
        {
            Version++;
        }
    }
}
