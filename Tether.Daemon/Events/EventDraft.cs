using Tether.Daemon.Storage;

namespace Tether.Daemon.Events;

/// <summary>What one transaction is going to write: events with the numbers that they get if it is committed.</summary>
internal sealed class EventDraft(IReadOnlyDictionary<string, SessionNumbers> known, long lastId, long lastNumber, long most)
{
    private readonly List<EventWork.Append> _appends = [];
    private readonly List<EventWork> _others = [];
    private readonly List<LoggedEvent> _events = [];
    private readonly Dictionary<string, SessionNumbers> _changed = [];

    public IReadOnlyList<LoggedEvent> Events => _events;

    /// <summary>The numbers of the sessions that have others than before.</summary>
    public IReadOnlyDictionary<string, SessionNumbers> Changed => _changed;

    public long LastId { get; private set; } = lastId;

    public long LastNumber { get; private set; } = lastNumber;

    public bool IsEmpty => _events.Count == 0;

    public void Add(EventWork work)
    {
        switch (work)
        {
            case EventWork.Append append when Of(append.Session) is { IsForgotten: true }:
                _others.Add(append);
                break;
            case EventWork.Append append:
                _appends.Add(append);
                Number(append);
                break;
            case EventWork.Forget forget when Of(forget.Session) is { IsForgotten: false }:
                // The end is told to those who still read, and nothing before it.
                var end = new EventWork.Append(forget.Session, forget.At, EventTypes.Deleted, EventJson.Text(""), null);
                _appends.Add(end);
                Number(end);
                var numbers = _changed[forget.Session];
                _changed[forget.Session] = numbers with { First = numbers.Last, ForgottenAt = forget.At };
                break;
            default:
                _others.Add(work);
                break;
        }
    }

    /// <summary>It is committed: whoever waits is told.</summary>
    public void Tell()
    {
        for (var i = 0; i < _appends.Count; i++)
        {
            _appends[i].Done?.TrySetResult(_events[i]);
        }

        foreach (var other in _others)
        {
            other.Fail(new IOException("the session is deleted; nothing is logged of it any more"));
        }
    }

    private void Number(EventWork.Append append)
    {
        var numbers = Of(append.Session);
        if (numbers.Last == 0)
        {
            LastNumber = Math.Max(LastNumber, numbers.Number);
        }

        var happened = new LoggedEvent(++LastId, append.Session, numbers.Last + 1, StoredTime.Grain(append.At), append.Type, append.Data);
        _events.Add(happened);

        // Not one by one: each step changes the session's row and its pages.
        var isOver = happened.Seq - numbers.First + 1 > most + (most / 16);
        _changed[append.Session] = numbers with { Last = happened.Seq, First = isOver ? happened.Seq - most + 1 : numbers.First };
    }

    private SessionNumbers Of(string session) =>
        _changed.GetValueOrDefault(session) ?? known.GetValueOrDefault(session) ?? new SessionNumbers(LastNumber + 1, session, 1, 0, 0, null);
}
