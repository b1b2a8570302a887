using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Storage;

namespace Tether.Daemon.Events;

/// <summary>
/// The log in a SQLite file of its own, with its newest events in memory. One thread writes (<see cref="EventWriter"/>); readers of what is older each take a connection
/// of their own and never wait for it.
/// </summary>
internal sealed class EventLog : IEventLog, IDisposable
{
    // Connections that wait for the next reader.
    private const int IdleReaders = 4;

    // A read that leaves most events out must come to an end.
    private const int LookedThrough = 5_000, LookedBack = 100_000;

    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(3);

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly EventQueue _queue;
    private readonly EventTail _tail = new();
    private readonly EventWriter _writer;
    private readonly ConcurrentBag<(EventReader Reader, int Opening)> _readers = [];
    private volatile bool _isClosed;

    /// <param name="path">The file; made when it is missing.</param>
    /// <param name="old">What was logged before there was this file.</param>
    /// <param name="most">Events kept of one session, the newest.</param>
    public EventLog(string path, OldEvents old, long most, ILogger logger, TimeProvider time)
    {
        _path = path;
        _logger = logger;
        _time = time;
        _queue = new EventQueue(time);
        _writer = new EventWriter(path, _queue, _tail, old, most, logger, time);
    }

    public long LastId
    {
        get
        {
            _writer.Opened.Wait();
            return _tail.LastId;
        }
    }

    public Task<LoggedEvent> AppendAsync(string session, string type, ReadOnlyMemory<byte> data)
    {
        var done = new TaskCompletionSource<LoggedEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_queue.Add(new EventWork.Append(session, _time.GetUtcNow(), type, EventJson.Clean(data), done)))
        {
            done.SetException(new IOException("the daemon ends"));
        }

        return done.Task;
    }

    public void Post(string session, DateTimeOffset at, string type, ReadOnlyMemory<byte> data) =>
        _queue.Add(new EventWork.Append(session, at, type, EventJson.Clean(data), null));

    public void Forget(string session) => _queue.Add(new EventWork.Forget(session, _time.GetUtcNow()));

    public EventPage Read(string session, long after, IReadOnlySet<string>? types, int limit)
    {
        _writer.Opened.Wait();
        return _tail.TryRead(session, after, types, limit, out var page) ? page : FromFile(reader => Read(reader, _tail.Find(session)!, after, types, limit));
    }

    public EventPage ReadAll(long after, IReadOnlySet<string>? types, int limit)
    {
        _writer.Opened.Wait();
        return _tail.TryReadAll(after, types, limit, out var page) ? page : FromFile(reader => ReadAll(reader, after, types, limit));
    }

    /// <summary>The newest events at or after a time, oldest first, with those that were posted until now unless the disk takes no more.</summary>
    /// <param name="session">Null for all sessions.</param>
    /// <param name="since">None before this time.</param>
    /// <param name="without">Not these types.</param>
    /// <param name="limit">At most so many.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<LoggedEvent> Newest(string? session, DateTimeOffset since, IReadOnlySet<string> without, int limit)
    {
        FlushAsync().Wait(FlushLimit);
        _writer.Opened.Wait();
        var numbers = session is null ? null : _tail.Find(session);
        if (_tail.LastId == 0 || (session is not null && numbers is null))
        {
            return [];
        }

        var events = FromFile(reader => reader.Newest(numbers, LookedBack).TakeWhile(happened => happened.At >= since).Where(happened => !without.Contains(happened.Type)).Take(limit).ToList());
        events.Reverse();
        return _tail.Readable(events);
    }

    public long LastSeq(string session)
    {
        _writer.Opened.Wait();
        return _tail.Find(session)?.Last ?? 0;
    }

    public Task WaitAsync(string? session, long after, CancellationToken stop) =>
        _writer.Opened.IsCompleted ? _tail.Wait(session, after, stop) : WaitOpenedAsync(session, after, stop);

    /// <summary>Done once everything that was posted until now is readable, or could not be written.</summary>
    public Task FlushAsync()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_queue.Add(new EventWork.Mark(reached)))
        {
            reached.SetResult();
        }

        return reached.Task;
    }

    public void Dispose()
    {
        _queue.Close();
        _writer.Join(CloseLimit);
        _isClosed = true;
        while (_readers.TryTake(out var idle))
        {
            idle.Reader.Dispose();
        }
    }

    private static EventPage Read(EventReader reader, SessionNumbers numbers, long after, IReadOnlySet<string>? types, int limit)
    {
        after = Math.Max(after, numbers.First - 1);
        var found = types is null
            ? reader.Session(numbers, after, limit)
            : types.SelectMany(type => reader.OfType(numbers, type, after, limit).ToList()).OrderBy(happened => happened.Seq).Take(limit);
        var (events, isCut) = Page(found);
        return new EventPage(events, isCut || events.Count == limit ? events[^1].Seq : numbers.Last);
    }

    private EventPage ReadAll(EventReader reader, long after, IReadOnlySet<string>? types, int limit)
    {
        var next = _tail.LastId;
        var looked = 0;
        var most = types is null ? limit : LookedThrough;
        var at = after;
        var (events, isCut) = Page(reader.All(after, most).Where(IsWanted).Take(limit));
        return new EventPage(_tail.Readable(events), isCut || events.Count == limit || looked == most ? at : Math.Max(next, at));

        bool IsWanted(LoggedEvent happened)
        {
            looked++;
            at = happened.Id;
            return types?.Contains(happened.Type) != false;
        }
    }

    // As many as one page holds, and whether there may be more.
    private static (List<LoggedEvent> Events, bool IsCut) Page(IEnumerable<LoggedEvent> found)
    {
        var events = new List<LoggedEvent>();
        var bytes = 0;
        foreach (var happened in found)
        {
            events.Add(happened);
            bytes += happened.Data.Length;
            if (bytes >= EventTail.PageBytes)
            {
                return (events, true);
            }
        }

        return (events, false);
    }

    private T FromFile<T>(Func<EventReader, T> read)
    {
        var opening = _writer.Openings;
        try
        {
            var reader = Borrow(opening);
            var isWhole = false;
            try
            {
                var result = read(reader);
                isWhole = true;
                return result;
            }
            finally
            {
                if (isWhole && !_isClosed && _readers.Count < IdleReaders)
                {
                    _readers.Add((reader, opening));
                }
                else
                {
                    reader.Dispose();
                }
            }
        }
        catch (SqliteException e)
        {
            _logger.EventsNotRead(e.Message);
            throw new IOException($"the event log cannot be read: {e.Message}", e);
        }
    }

    // A file that was opened anew may be another one.
    private EventReader Borrow(int opening)
    {
        while (_readers.TryTake(out var idle))
        {
            if (idle.Opening == opening)
            {
                return idle.Reader;
            }

            idle.Reader.Dispose();
        }

        return new EventReader(_path);
    }

    private async Task WaitOpenedAsync(string? session, long after, CancellationToken stop)
    {
        await _writer.Opened.WaitAsync(stop).ConfigureAwait(false);
        await _tail.Wait(session, after, stop).ConfigureAwait(false);
    }
}
