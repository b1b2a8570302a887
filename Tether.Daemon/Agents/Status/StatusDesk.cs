using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Agents.Status;

/// <summary>
/// What one session's agent is up to, weighed from everything that says something about it. Of the sources that are fresh and not contradicted the one of
/// most authority decides (<see cref="SignalSource"/>); <see cref="StatusWindows"/> has the times. Knows no clock: whoever owns it, a session's thread,
/// tells the time, and comes again at <see cref="NextChangeAt"/>.
/// </summary>
internal sealed class StatusDesk
{
    private const int MostPast = 50;
    private const int MostDetail = 300;

    // Agents are at work while they start, and ask whether they may; only work that takes longer was asked for.
    private static readonly TimeSpan Boot = TimeSpan.FromSeconds(3);

    private readonly SignalSlot[] _slots = [.. Enum.GetValues<SignalSource>().Select(source => new SignalSlot(source))];
    private readonly List<AgentStatus> _past = [];
    private DateTimeOffset _changedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _saidAt;
    private DateTimeOffset _promptShownAt = DateTimeOffset.MinValue;
    private DateTimeOffset _typedAt = DateTimeOffset.MinValue;
    private TimeSpan _worked;
    private bool _isFirstTurn;
    private bool _isUnseen;
    private bool _isFailureSeen;
    private bool _isOver;

    /// <param name="now">When the session began, or was taken over.</param>
    /// <param name="before">What was known before a daemon's restart; null at the start of a session.</param>
    public StatusDesk(DateTimeOffset now, AgentStatus? before = null)
    {
        _saidAt = now;
        _isUnseen = before?.State is AgentState.Done or AgentState.Working || (before is not null && StatusWindows.IsNeed(before.State));
        Status = before ?? new AgentStatus { State = AgentState.Starting, Since = now, Source = SignalSource.Process, Rule = "started" };
        _past.Add(Status);
    }

    public AgentStatus Status { get; private set; }

    /// <summary>When <see cref="Advance"/> will find something else although nothing is told meanwhile; null: not before the next signal.</summary>
    public DateTimeOffset? NextChangeAt { get; private set; }

    /// <summary>Every state there was, newest last, at most 50.</summary>
    public IReadOnlyList<AgentStatus> Past => _past;

    /// <summary>A sign. It counts from the next <see cref="Advance"/> on.</summary>
    public void Take(AgentSignal signal)
    {
        if (signal.Source == SignalSource.Screen && StatusWindows.IsNeed(signal.State))
        {
            _promptShownAt = signal.At;
        }

        _slots[(int)signal.Source].Take(signal);
    }

    /// <summary>The person who is in control typed something.</summary>
    public void Typed(DateTimeOffset now)
    {
        _typedAt = now;
        if (Status.State is AgentState.Done or AgentState.Failed)
        {
            Seen();
        }
    }

    /// <summary>A person has seen what the agent did: `done` and `failed` become `waiting`. Takes effect with the next <see cref="Advance"/>.</summary>
    public void Seen()
    {
        _isUnseen &= !IsOverWithTurn(Status.State);
        _isFailureSeen |= Status.State == AgentState.Failed;
    }

    /// <summary>Weighs everything anew. True when the state is another one, or another question is asked.</summary>
    public bool Advance(DateTimeOffset now)
    {
        NextChangeAt = null;
        if (_isOver)
        {
            return false;
        }

        if (Weigh(now) is not { } decisive)
        {
            return Status.State != AgentState.Unknown && IsDue(_saidAt + StatusWindows.Silence, now)
                && Become(new AgentStatus { State = AgentState.Unknown, Since = now, Source = SignalSource.Process, Rule = "silence" }, now);
        }

        _saidAt = now;
        return Follow(decisive, now);
    }

    /// <summary>The program has ended, or is lost.</summary>
    public void End(AgentState state, string detail, DateTimeOffset now)
    {
        if (!_isOver)
        {
            _isOver = true;
            NextChangeAt = null;
            Become(new AgentStatus { State = state, Since = now, Source = SignalSource.Process, Rule = "ended", Detail = detail }, now);
        }
    }

    /// <summary>The newest signal of each source that has one, in the order of authority, and what it is worth.</summary>
    public ExplainedSignal[] Explain(DateTimeOffset now)
    {
        Weigh(now);
        return [.. _slots.Where(slot => slot.Signal is not null).Select(slot => new ExplainedSignal { Signal = slot.Signal!, Weight = WeightText(slot, now) })];
    }

    private static bool IsOverWithTurn(AgentState state) => StatusWindows.IsIdle(state) || state is AgentState.Failed or AgentState.LimitReached;

    // The lesser sources first: one that is contradicted itself overrules no other.
    private SignalSlot? Weigh(DateTimeOffset now)
    {
        for (var i = _slots.Length - 1; i >= 0; i--)
        {
            _slots[i].Weight = WeightOf(_slots[i], now);
        }

        var decisive = Array.Find(_slots, slot => slot.Weight == SignalWeight.Outranked);
        if (decisive is not null)
        {
            foreach (var slot in _slots.Where(slot => slot.Weight == SignalWeight.Outranked && StatusWindows.Agrees(slot.Signal!.State, decisive.Signal!.State)))
            {
                slot.Weight = SignalWeight.Agrees;
            }

            decisive.Weight = SignalWeight.Decides;
        }

        return decisive;
    }

    private SignalWeight WeightOf(SignalSlot slot, DateTimeOffset now)
    {
        if (slot.Signal is not { } signal)
        {
            return SignalWeight.Silent;
        }

        if (slot.IsRefuted || IsContradicted(slot, signal, now))
        {
            return SignalWeight.Contradicted;
        }

        var freshness = StatusWindows.Freshness(signal.Source, signal.State);
        var isOld = freshness != TimeSpan.MaxValue && IsDue(signal.At + freshness, now);
        var isPast = signal is { State: AgentState.LimitReached, Until: { } until } && IsDue(until, now);
        return isPast || (isOld && !IsConfirmed(signal)) ? SignalWeight.Stale : SignalWeight.Outranked;
    }

    private bool IsConfirmed(AgentSignal signal) => Array.Exists(_slots, other =>
        other.Source > signal.Source && other.Weight == SignalWeight.Outranked && other.Signal!.State == signal.State);

    private bool IsContradicted(SignalSlot slot, AgentSignal high, DateTimeOffset now)
    {
        foreach (var other in _slots.AsSpan((int)slot.Source + 1))
        {
            if (other.Weight != SignalWeight.Outranked || other.Signal is not { } low)
            {
                continue;
            }

            var isNewer = other.Since > high.At;
            var isPromptGone = _promptShownAt > high.At - StatusWindows.Presence;
            if (StatusWindows.Grace(high, low, isNewer, isPromptGone) is { } grace && IsDue(other.Since + grace, now))
            {
                slot.IsRefuted |= isNewer;
                return true;
            }
        }

        return false;
    }

    private bool Follow(SignalSlot decisive, DateTimeOffset now)
    {
        var signal = decisive.Signal!;
        NoteTurn(signal.State);
        var status = new AgentStatus
        {
            State = Presented(signal.State, decisive.Since),
            Since = now,
            Source = signal.Source,
            Rule = signal.Rule,
            Detail = Cut(DetailOf(decisive)),
            Until = signal.Until ?? Agreeing(decisive, other => other.Until is not null)?.Until,
        };
        if (status.State == Status.State)
        {
            var isAnother = StatusWindows.IsNeed(status.State) && status.Detail != Status.Detail && status.Detail.Length > 0 && Status.Detail.Length > 0;
            Status = status with { Since = isAnother ? now : Status.Since, Detail = status.Detail.Length > 0 ? status.Detail : Status.Detail };
            _past[^1] = Status;
            return isAnother;
        }

        // Who has seen what is done, or failed, is not kept waiting.
        var isSight = StatusWindows.IsIdle(status.State) && (StatusWindows.IsIdle(Status.State) || signal.State == Status.State);
        var debounce = isSight ? TimeSpan.Zero : StatusWindows.Debounce(signal.Source, status.State);
        return IsDue(decisive.Since + debounce, now) && IsDue(isSight ? now : _changedAt + StatusWindows.Dwell, now) && Become(status, now);
    }

    private void NoteTurn(AgentState said)
    {
        if (said == AgentState.Working || StatusWindows.IsNeed(said))
        {
            _isFailureSeen = false;
        }
    }

    private AgentState Presented(AgentState said, DateTimeOffset since) => said switch
    {
        AgentState.Failed when _isFailureSeen => AgentState.Waiting,
        AgentState.Waiting or AgentState.Done => IsNews(since) ? AgentState.Done : AgentState.Waiting,
        _ => said,
    };

    private bool IsNews(DateTimeOffset since) => _isUnseen && since - _typedAt > StatusWindows.Presence && !(_isFirstTurn && WorkedUntil(since) < Boot);

    // In this turn; what waits for an approval is work, a dialog before the first prompt is none.
    private TimeSpan WorkedUntil(DateTimeOffset time) =>
        Status.State is AgentState.Working or AgentState.NeedsApproval ? _worked + (time - Status.Since) : _worked;

    // Sources that only say what, not which, borrow the words of one that agrees.
    private string DetailOf(SignalSlot decisive) =>
        decisive.Signal!.Detail is { Length: > 0 } detail ? detail : Agreeing(decisive, other => other.Detail.Length > 0)?.Detail ?? "";

    private AgentSignal? Agreeing(SignalSlot decisive, Predicate<AgentSignal> has) =>
        Array.Find(_slots, slot => slot.Weight == SignalWeight.Agrees && slot.Signal is { } signal && signal.State == decisive.Signal!.State && has(signal))?.Signal;

    private bool Become(AgentStatus status, DateTimeOffset now)
    {
        _worked = _isUnseen ? WorkedUntil(now) : TimeSpan.Zero;
        if (status.State == AgentState.Working || StatusWindows.IsNeed(status.State))
        {
            _isFirstTurn = Status.State == AgentState.Starting || (_isFirstTurn && !StatusWindows.IsIdle(Status.State));
            _isUnseen = true;
        }
        else if (status.State == AgentState.Waiting)
        {
            _isUnseen = false;
        }

        Status = status;
        _changedAt = now;
        _past.Add(status);
        if (_past.Count > MostPast)
        {
            _past.RemoveAt(0);
        }

        return true;
    }

    // What is not due yet is what to come again for.
    private bool IsDue(DateTimeOffset due, DateTimeOffset now)
    {
        if (due <= now)
        {
            return true;
        }

        if (NextChangeAt is null || due < NextChangeAt)
        {
            NextChangeAt = due;
        }

        return false;
    }

    private static string Cut(string text) => text.Length <= MostDetail ? text : text[..MostDetail];

    private static string WeightText(SignalSlot slot, DateTimeOffset now)
    {
        var age = AgeText(now - slot.Since);
        return slot.Weight switch
        {
            SignalWeight.Decides => $"decides; said so for {age}",
            SignalWeight.Agrees => $"agrees; said so for {age}",
            SignalWeight.Outranked => $"outranked by a source of more authority; said so for {age}",
            SignalWeight.Stale => $"stale: nothing has confirmed it for {AgeText(now - slot.Signal!.At)}",
            SignalWeight.Contradicted => $"contradicted by what came after it; said so for {age}",
            _ => "silent",
        };
    }

    private static string AgeText(TimeSpan age) => age.TotalSeconds < 100 ? $"{Math.Max(0, age.TotalSeconds):0.0} s" : age.TotalMinutes < 100 ? $"{age.TotalMinutes:0} min" : $"{age.TotalHours:0} h";
}
