using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Storage;

namespace Tether.Daemon.Events;

/// <summary>
/// The thread that gives events their numbers and writes them: what waits is one transaction, and becomes readable once that is committed. A number is given for good
/// only then, so there are no holes. What cannot be written fails for whoever waits, and is tried again for those who do not.
/// </summary>
internal sealed class EventWriter
{
    /// <summary>A session that is deleted is remembered so long, for readers that come late.</summary>
    private static readonly TimeSpan Remembrance = TimeSpan.FromDays(30);

    // Events that nobody waits for and that follow one another closely share a transaction.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    // One transaction, and what of it waits in memory, has its limits.
    private const int MostAtOnce = 5_000;

    private readonly string _path;
    private readonly EventQueue _queue;
    private readonly EventTail _tail;
    private readonly OldEvents _old;
    private readonly long _most;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;

    // ---- owned by _thread ----
    private readonly Dictionary<string, SessionNumbers> _sessions = [];
    private readonly Queue<string> _litter = new();
    private EventDatabase? _database;
    private long _lastId;
    private long _lastNumber;
    private int _failures;
    private int _openings;

    /// <param name="most">Events kept of one session.</param>
    public EventWriter(string path, EventQueue queue, EventTail tail, OldEvents old, long most, ILogger logger, TimeProvider time)
    {
        _path = path;
        _queue = queue;
        _tail = tail;
        _old = old;
        _most = most;
        _logger = logger;
        _time = time;
        _thread = new Thread(Run) { IsBackground = true, Name = "events" };
        _thread.Start();
    }

    /// <summary>How often the file has been opened.</summary>
    public int Openings => Volatile.Read(ref _openings);

    /// <summary>Done once the file has been opened, or could not be.</summary>
    public Task Opened => _opened.Task;

    public void Join(TimeSpan limit) => _thread.Join(limit);

    private void Run()
    {
        TryOpen();
        _opened.SetResult();
        var notBefore = 0L;
        while (_queue.Take(notBefore, _litter.Count > 0 && _database is not null, out var dropped) is { } work)
        {
            if (dropped > 0)
            {
                _logger.EventsGivenUp(dropped);
            }

            var pause = work.Count > 0 && !Do(work) ? Retry() : Gather;
            notBefore = _time.GetTimestamp() + (long)(pause.TotalSeconds * _time.TimestampFrequency);
            Sweep();
        }

        Close();
    }

    private bool Do(List<EventWork> work)
    {
        for (var i = 0; i < work.Count; i += MostAtOnce)
        {
            var part = work.GetRange(i, Math.Min(MostAtOnce, work.Count - i));
            if (Write(part) is { } why)
            {
                GiveBack(work.GetRange(i, work.Count - i), why);
                return false;
            }
        }

        return true;
    }

    // Null when all of it is done.
    private Exception? Write(List<EventWork> work)
    {
        if (_database is null && TryOpen() is { } why)
        {
            return why;
        }

        var draft = new EventDraft(_sessions, _lastId, _lastNumber, _most);
        foreach (var one in work)
        {
            draft.Add(one);
        }

        try
        {
            if (!draft.IsEmpty)
            {
                _database!.Write(draft.Events, draft.Changed);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Failed(e);
        }

        Keep(draft);
        draft.Tell();
        return null;
    }

    private void Keep(EventDraft draft)
    {
        (_lastId, _lastNumber) = (draft.LastId, draft.LastNumber);
        foreach (var (session, numbers) in draft.Changed)
        {
            if (numbers.HasLitter && _sessions.GetValueOrDefault(session) is not { HasLitter: true })
            {
                _litter.Enqueue(session);
            }

            _sessions[session] = numbers;
        }

        _tail.Publish(draft.Events, draft.Changed.Values);
        if (_failures > 0)
        {
            _logger.EventsRecovered(_failures);
            _failures = 0;
        }
    }

    private void GiveBack(List<EventWork> work, Exception why)
    {
        var failure = new IOException($"the event could not be written: {why.Message}", why);
        foreach (var awaited in work.Where(one => one.IsAwaited))
        {
            awaited.Fail(failure);
        }

        var left = work.Where(one => !one.IsAwaited).ToList();
        if (!_queue.TakeBack(left) && left.Count > 0)
        {
            _logger.EventsGivenUp(left.Count);
        }
    }

    private void Sweep()
    {
        if (_litter.Count == 0 || _database is null)
        {
            return;
        }

        var session = _litter.Dequeue();
        try
        {
            var numbers = _sessions[session] = _database.Sweep(_sessions[session]);
            if (numbers.HasLitter)
            {
                _litter.Enqueue(session);
            }
        }
        catch (SqliteException e)
        {
            _litter.Enqueue(session);
            Failed(e);
        }
    }

    // Null when the file is open.
    private Exception? TryOpen()
    {
        try
        {
            Open();
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Failed(e);
        }
    }

    private void Open()
    {
        _database = OpenOrReplace();
        _sessions.Clear();
        _litter.Clear();
        foreach (var numbers in _database.ReadSessions())
        {
            _sessions[numbers.Session] = numbers;
            _lastNumber = Math.Max(_lastNumber, numbers.Number);
            if (numbers.HasLitter)
            {
                _litter.Enqueue(numbers.Session);
            }
        }

        _lastId = _database.LastId;
        if (!_database.HasOld)
        {
            TakeOld();
        }

        if (_openings == 0)
        {
            _old.Taken();
        }

        Volatile.Write(ref _openings, _openings + 1);
        _tail.Load(_sessions.Values, _lastId);
    }

    private void TakeOld()
    {
        var draft = new EventDraft(_sessions, _lastId, _lastNumber, _most);
        foreach (var old in _old.Read())
        {
            draft.Add(new EventWork.Append(old.Session, old.At, old.Kind, EventJson.Text(old.Text), null));
        }

        _database!.Write(draft.Events, draft.Changed, hasOld: true);
        (_lastId, _lastNumber) = (draft.LastId, draft.LastNumber);
        foreach (var (session, numbers) in draft.Changed)
        {
            _sessions[session] = numbers;
        }
    }

    private EventDatabase OpenOrReplace()
    {
        var oldest = _time.GetUtcNow() - Remembrance;
        try
        {
            return EventDatabase.Open(_path, oldest);
        }
        catch (SqliteException e) when (SqliteFile.IsDamage(e))
        {
            _logger.EventsReplaced(e.Message, SqliteFile.PutAside(_path, _time.GetUtcNow()));
            return EventDatabase.Open(_path, oldest);
        }
    }

    // A transaction that failed half-way may leave its connection in any state, and nobody knows what the file has of it: the next try reads it anew.
    private Exception Failed(Exception e)
    {
        _failures++;
        _logger.EventsFailed(e.Message, Retry().TotalSeconds);
        Close();
        return e;
    }

    private void Close()
    {
        try
        {
            _database?.Dispose();
        }
        catch (SqliteException e)
        {
            _logger.EventsNotClosed(e.Message);
        }

        _database = null;
    }

    private TimeSpan Retry() => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Max(_failures - 1, 0)), LongestRetry.TotalSeconds));
}
