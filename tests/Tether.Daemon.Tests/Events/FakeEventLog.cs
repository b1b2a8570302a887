using System.Text.Json;
using Tether.Daemon.Events;

namespace Tether.Daemon.Tests.Events;

/// <summary>A log in memory alone. A test may keep appends waiting, or let them fail.</summary>
internal sealed class FakeEventLog : IEventLog
{
    private readonly Lock _gate = new();
    private readonly List<LoggedEvent> _events = [];
    private TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Each append waits for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public Exception? Failure { get; set; }

    public long LastId
    {
        get
        {
            lock (_gate)
            {
                return _events.Count;
            }
        }
    }

    public IReadOnlyList<LoggedEvent> Of(string session)
    {
        lock (_gate)
        {
            return [.. _events.Where(happened => happened.Session == session)];
        }
    }

    /// <summary>The events of these types of a session, each as its type and data.</summary>
    public (string Type, JsonElement Data)[] DataOf(string session, params string[] types) =>
        [.. Of(session).Where(happened => types.Contains(happened.Type)).Select(happened => (happened.Type, JsonElement.Parse(happened.Data.Span)))];

    public async Task<LoggedEvent> AppendAsync(string session, string type, ReadOnlyMemory<byte> data)
    {
        var gate = Gate;
        if (Failure is { } failure)
        {
            throw failure;
        }

        if (!gate.IsCompleted)
        {
            await gate;
        }

        return Add(session, TimeProvider.System.GetUtcNow(), type, data);
    }

    public void Post(string session, DateTimeOffset at, string type, ReadOnlyMemory<byte> data) => Add(session, at, type, data);

    public EventPage Read(string session, long after, IReadOnlySet<string>? types, int limit) =>
        Page(Of(session).Where(happened => happened.Seq > after), Math.Min(after, LastSeq(session)), types, limit, happened => happened.Seq);

    public EventPage ReadAll(long after, IReadOnlySet<string>? types, int limit)
    {
        lock (_gate)
        {
            return Page(_events.Where(happened => happened.Id > after), Math.Min(after, _events.Count), types, limit, happened => happened.Id);
        }
    }

    public long LastSeq(string session) => Of(session).Count;

    public async Task WaitAsync(string? session, long after, CancellationToken stop)
    {
        while (true)
        {
            Task told;
            lock (_gate)
            {
                if ((session is null ? _events.Count : _events.Count(happened => happened.Session == session)) > after)
                {
                    return;
                }

                told = _told.Task;
            }

            await told.WaitAsync(stop);
        }
    }

    public void Forget(string session) => Add(session, TimeProvider.System.GetUtcNow(), EventTypes.Deleted, EventJson.Text(""));

    private static EventPage Page(IEnumerable<LoggedEvent> behind, long after, IReadOnlySet<string>? types, int limit, Func<LoggedEvent, long> placeOf)
    {
        var looked = behind.ToList();
        var events = looked.Where(happened => types?.Contains(happened.Type) != false).Take(limit).ToList();
        return new EventPage(events, events.Count == limit ? placeOf(events[^1]) : looked.Count > 0 ? placeOf(looked[^1]) : after);
    }

    private LoggedEvent Add(string session, DateTimeOffset at, string type, ReadOnlyMemory<byte> data)
    {
        lock (_gate)
        {
            var happened = new LoggedEvent(_events.Count + 1, session, _events.Count(one => one.Session == session) + 1, at, type, data);
            _events.Add(happened);
            _told.SetResult();
            _told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return happened;
        }
    }
}
