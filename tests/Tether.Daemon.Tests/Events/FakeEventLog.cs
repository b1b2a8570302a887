using System.Text.Json;
using Tether.Daemon.Events;

namespace Tether.Daemon.Tests.Events;

/// <summary>An event log in memory. A test may keep appends waiting, or let them fail.</summary>
internal sealed class FakeEventLog : IEventLog
{
    private readonly Lock _gate = new();
    private readonly List<LoggedEvent> _events = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Each append waits for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public Exception? Failure { get; set; }

    public long LastId { get { lock (_gate) { return _events.Count; } } }

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

        return Add(session, type, data);
    }

    public void Post(string session, DateTimeOffset at, string type, ReadOnlyMemory<byte> data) => Add(session, type, data);

    public EventPage Read(string session, long after, IReadOnlySet<string>? types, int limit)
    {
        lock (_gate)
        {
            var all = _events.Where(one => one.Session == session && one.Seq > after).ToArray();
            var page = all.Where(one => types?.Contains(one.Type) != false).Take(limit).ToArray();
            return new EventPage(page, page.Length == limit ? page[^1].Seq : all.LastOrDefault()?.Seq ?? after);
        }
    }

    public EventPage ReadAll(long after, IReadOnlySet<string>? types, int limit) => throw new NotSupportedException();

    public long LastSeq(string session)
    {
        lock (_gate)
        {
            return _events.LastOrDefault(one => one.Session == session)?.Seq ?? 0;
        }
    }

    public async Task WaitAsync(string? session, long after, CancellationToken stop)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                more = _more.Task;
                if (_events.Exists(one => one.Session == session && one.Seq > after))
                {
                    return;
                }
            }

            await more.WaitAsync(stop);
        }
    }

    public void Forget(string session) => throw new NotSupportedException();

    /// <summary>The events of these types of a session, each as its type and data.</summary>
    public (string Type, JsonElement Data)[] Of(string session, params string[] types) =>
        [.. Read(session, 0, types.ToHashSet(), int.MaxValue).Events.Select(one => (one.Type, JsonElement.Parse(one.Data.Span)))];

    private LoggedEvent Add(string session, string type, ReadOnlyMemory<byte> data)
    {
        TaskCompletionSource more;
        LoggedEvent added;
        lock (_gate)
        {
            added = new LoggedEvent(_events.Count + 1, session, _events.Count(one => one.Session == session) + 1, DateTimeOffset.UnixEpoch, type, data);
            _events.Add(added);
            (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        more.SetResult();
        return added;
    }
}
