using System.Diagnostics.CodeAnalysis;

namespace Tether.Daemon.Events;

/// <summary>
/// The newest events of all sessions in memory, shared by all who read them live, and the numbers of all events. The log's writer puts in what is durable;
/// any thread reads and waits. Bounded in events and bytes: what is older is in the file.
/// </summary>
internal sealed class EventTail
{
    public const int MostEvents = 4096, MostBytes = 4 << 20;

    /// <summary>A page ends with the event that brings its data to so many bytes.</summary>
    public const int PageBytes = 256 * 1024;

    // What an event costs besides its data: objects, its JSON's other members.
    private const int Overhead = 300;

    private readonly Lock _gate = new();

    // ---- under _gate ----
    private readonly Dictionary<string, Entry> _sessions = [];
    private readonly EventRing _recent = new();
    private long _bytes;
    private long _lastId;
    private bool _isLoaded;
    private TaskCompletionSource? _told;

    public long LastId
    {
        get
        {
            lock (_gate)
            {
                return _lastId;
            }
        }
    }

    /// <summary>Null when no event of the session was ever logged.</summary>
    public SessionNumbers? Find(string session)
    {
        lock (_gate)
        {
            return _sessions.GetValueOrDefault(session)?.Numbers;
        }
    }

    /// <summary>Begins anew, with what a file holds.</summary>
    public void Load(IEnumerable<SessionNumbers> sessions, long lastId)
    {
        lock (_gate)
        {
            while (_recent.Count > 0)
            {
                DropOldest();
            }

            // Another file may know less: what it does not know begins anew.
            foreach (var entry in _sessions.Values)
            {
                entry.Numbers = null;
            }

            foreach (var numbers in sessions)
            {
                Of(numbers.Session).Numbers = numbers;
            }

            (_lastId, _isLoaded) = (lastId, true);
            WakeAll();
        }
    }

    /// <summary>Takes what has become durable, and wakes those who wait for it.</summary>
    public void Publish(IReadOnlyList<LoggedEvent> events, IEnumerable<SessionNumbers> changed)
    {
        lock (_gate)
        {
            foreach (var happened in events)
            {
                _recent.Add(happened);
                Of(happened.Session).Recent.Add(happened);
                _bytes += Size(happened);
                _lastId = happened.Id;
            }

            foreach (var numbers in changed)
            {
                var entry = Of(numbers.Session);
                entry.Numbers = numbers;
                while (entry.Recent.Count > 0 && entry.Recent[0].Seq < numbers.First)
                {
                    entry.Recent.DropOldest();
                }

                entry.Wake();
            }

            while (_recent.Count > MostEvents || _bytes > MostBytes)
            {
                DropOldest();
            }

            if (events.Count > 0)
            {
                _told?.TrySetResult();
                _told = null;
            }
        }
    }

    /// <summary>A page of a session's events, when all that is behind the cursor is in memory.</summary>
    public bool TryRead(string session, long after, IReadOnlySet<string>? types, int limit, [NotNullWhen(true)] out EventPage? page)
    {
        lock (_gate)
        {
            if (_sessions.GetValueOrDefault(session) is not { Numbers: { } numbers } entry || after >= numbers.Last)
            {
                page = Nothing(after, _sessions.GetValueOrDefault(session)?.Numbers?.Last ?? 0);
                return true;
            }

            after = Math.Max(after, numbers.First - 1);
            if (entry.Recent.Count == 0 || entry.Recent[0].Seq > after + 1)
            {
                page = null;
                return false;
            }

            page = Page(entry.Recent, (int)(after + 1 - entry.Recent[0].Seq), after, types, limit, happened => happened.Seq);
            return true;
        }
    }

    /// <summary>A page of all sessions' events, when all that is behind the cursor is in memory.</summary>
    public bool TryReadAll(long after, IReadOnlySet<string>? types, int limit, [NotNullWhen(true)] out EventPage? page)
    {
        lock (_gate)
        {
            if (after >= _lastId)
            {
                page = Nothing(after, _lastId);
                return true;
            }

            if (_recent.Count == 0 || _recent[0].Id > after + 1)
            {
                page = null;
                return false;
            }

            page = Page(_recent, (int)(after + 1 - _recent[0].Id), after, types, limit, happened => happened.Id);
            return true;
        }
    }

    /// <summary>Of events from the file those that may still be read.</summary>
    public List<LoggedEvent> Readable(IEnumerable<LoggedEvent> events)
    {
        lock (_gate)
        {
            return [.. events.Where(IsReadable)];
        }
    }

    /// <summary>Done when there may be something behind a cursor that a page gave; also when the log was begun anew.</summary>
    public Task Wait(string? session, long after, CancellationToken stop)
    {
        Task told;
        lock (_gate)
        {
            if (session is null)
            {
                if (_lastId > after)
                {
                    return Task.CompletedTask;
                }

                told = (_told ??= NewSignal()).Task;
            }
            else
            {
                var entry = Of(session);
                if (entry.Numbers?.Last > after)
                {
                    return Task.CompletedTask;
                }

                told = (entry.Told ??= NewSignal()).Task;
            }
        }

        return told.WaitAsync(stop);
    }

    // While no file could be opened nobody knows what was the last one.
    private EventPage Nothing(long after, long last) => new([], _isLoaded ? Math.Min(after, last) : after);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static int Size(LoggedEvent happened) => (2 * happened.Data.Length) + Overhead;

    private EventPage Page(EventRing ring, int index, long after, IReadOnlySet<string>? types, int limit, Func<LoggedEvent, long> placeOf)
    {
        var events = new List<LoggedEvent>(Math.Min(limit, ring.Count - index));
        var bytes = 0;
        for (; index < ring.Count && events.Count < limit && bytes < PageBytes; index++)
        {
            var happened = ring[index];
            after = placeOf(happened);
            if (types?.Contains(happened.Type) != false && IsReadable(happened))
            {
                events.Add(happened);
                bytes += happened.Data.Length;
            }
        }

        return new EventPage(events, after);
    }

    private bool IsReadable(LoggedEvent happened) => _sessions.GetValueOrDefault(happened.Session)?.Numbers is { } numbers && happened.Seq >= numbers.First;

    private Entry Of(string session)
    {
        if (!_sessions.TryGetValue(session, out var entry))
        {
            _sessions[session] = entry = new Entry();
        }

        return entry;
    }

    private void DropOldest()
    {
        var oldest = _recent.DropOldest();
        _bytes -= Size(oldest);
        var ring = Of(oldest.Session).Recent;
        if (ring.Count > 0 && ring[0].Seq == oldest.Seq)
        {
            ring.DropOldest();
        }
    }

    private void WakeAll()
    {
        _told?.TrySetResult();
        _told = null;
        foreach (var entry in _sessions.Values)
        {
            entry.Wake();
        }
    }

    private sealed class Entry
    {
        public SessionNumbers? Numbers { get; set; }

        public EventRing Recent { get; } = new();

        public TaskCompletionSource? Told { get; set; }

        public void Wake()
        {
            Told?.TrySetResult();
            Told = null;
        }
    }
}
