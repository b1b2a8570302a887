using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>
/// Follows one session through time: when it works, when it has fallen silent, whether it asked for somebody, when somebody looked.
/// Belongs to <see cref="Fleet"/>.
/// </summary>
internal sealed class SessionTrack
{
    /// <summary>Silence that ends work; programs that show a spinner print more often.</summary>
    public static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(1.5);

    /// <summary>Silence after work that makes it worth a look; shorter pauses belong to the work.</summary>
    public static readonly TimeSpan WaitingAfter = TimeSpan.FromSeconds(10);

    /// <summary>Output over so long is work rather than an answer to a keystroke.</summary>
    public static readonly TimeSpan WorkSpell = TimeSpan.FromSeconds(5);

    private DateTimeOffset _spellStart;
    private DateTimeOffset _lastOutput;
    private DateTimeOffset? _askedAt;
    private DateTimeOffset? _waitingSince;
    private DateTimeOffset? _newsSeen;

    /// <param name="record">As it was first seen.</param>
    /// <param name="ordinal">Its place among all sessions.</param>
    /// <param name="lookedAt">When the person last looked; null for never.</param>
    /// <param name="newsFrom">What happened before is no news.</param>
    /// <param name="now">The time.</param>
    public SessionTrack(SessionRecord record, int ordinal, DateTimeOffset? lookedAt, DateTimeOffset newsFrom, DateTimeOffset now)
    {
        Record = record;
        Offset = record.Offset;
        Ordinal = ordinal;
        LookedAt = lookedAt;
        _lastOutput = Earlier(record.LastOutputAt, now);
        _spellStart = newsFrom < _lastOutput ? newsFrom : _lastOutput;
    }

    public SessionRecord Record { get; set; }

    public int Ordinal { get; }

    /// <summary>Bytes printed so far, as the newest source told.</summary>
    public long Offset { get; private set; }

    public DateTimeOffset? LookedAt { get; private set; }

    /// <summary>The person has it before him: nothing that happens is news.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Since the last look, as events told.</summary>
    public CommandTally Commands { get; set; }

    public SessionItem? Item { get; set; }

    /// <inheritdoc cref="SessionItem.IsPast"/>
    public bool IsPast { get; set; }

    public bool IsWaiting => _waitingSince is not null;

    /// <summary>The daemon says what it is up to; nothing is guessed.</summary>
    public bool IsTold => StatusText.Of(Record.Status) is not null;

    /// <summary>What the daemon says of it that somebody should know, and nobody has seen; null for nothing.</summary>
    public (DateTimeOffset Since, string Text)? News
    {
        get
        {
            if (!IsRunning || IsWatched || Record.Status is not { State: AgentState.Done or AgentState.Failed or AgentState.LimitReached or AgentState.LoginNeeded } told
                || told.Since <= LookedAt || told.Since <= _newsSeen)
            {
                return null;
            }

            var word = StatusText.Word(StatusText.Of(told)!.Value);
            return (told.Since, told.Detail.Length > 0 ? $"{word}: {told.Detail}" : word);
        }
    }

    private bool IsRunning => Record.State == SessionState.Running;

    private bool MayComeToWait =>
        IsRunning && !IsTold && !IsWatched && !IsWaiting && _lastOutput - _spellStart >= WorkSpell && (LookedAt is null || LookedAt < _lastOutput);

    public void Printed(long offset, DateTimeOffset at)
    {
        Offset = Math.Max(Offset, offset);
        if (at <= _lastOutput)
        {
            return;
        }

        _spellStart = at - _lastOutput >= WaitingAfter ? at : _spellStart;
        _lastOutput = at;
        if (at - _spellStart >= QuietAfter)
        {
            // A single redraw of a clock or a status line is no going on.
            _waitingSince = null;
        }
    }

    public void Asked(DateTimeOffset at) => _askedAt ??= at;

    /// <summary>An item of the queue was dismissed.</summary>
    public void NewsSeen(AttentionItem item) => _newsSeen = item.Kind == AttentionKind.Told ? item.Since : _newsSeen;

    /// <summary>Some of what it asked for was dismissed; what is left still counts.</summary>
    public void Dismissed(bool asks, bool waits)
    {
        _askedAt = asks ? _askedAt : null;
        if (IsWaiting && !waits)
        {
            // It must not begin to wait again for the same work.
            (_waitingSince, _spellStart) = (null, _lastOutput);
        }
    }

    public void Looked(DateTimeOffset now)
    {
        LookedAt = now;
        (_askedAt, _waitingSince) = (null, null);
    }

    /// <summary>Does what time alone does.</summary>
    /// <returns>When it began to wait, if that is new.</returns>
    public DateTimeOffset? Advance(DateTimeOffset now)
    {
        if (!MayComeToWait || now - _lastOutput < WaitingAfter)
        {
            return null;
        }

        return _waitingSince = _lastOutput;
    }

    public (SessionStatus Status, DateTimeOffset Since) StatusAt(DateTimeOffset now)
    {
        if (StatusText.Ended(Record) is { } ended)
        {
            return (ended, Record.EndedAt ?? _lastOutput);
        }

        if (StatusText.Of(Record.Status) is { } told)
        {
            return (told, Record.Status!.Since);
        }

        if (_askedAt is { } asked)
        {
            return (SessionStatus.NeedsYou, asked);
        }

        if (now - _lastOutput < QuietAfter)
        {
            return (SessionStatus.Working, _spellStart);
        }

        return _waitingSince is { } since ? (SessionStatus.WaitingQuietly, since) : (SessionStatus.Quiet, _lastOutput);
    }

    /// <summary>When something that is shown changes by time alone.</summary>
    public DateTimeOffset NextChange(DateTimeOffset now)
    {
        var (status, since) = StatusAt(now);
        var next = AgeText.NextChange(since, now, status == SessionStatus.Working);
        if (status == SessionStatus.Working && !IsTold)
        {
            next = Earlier(next, _lastOutput + QuietAfter);
        }

        return MayComeToWait && _lastOutput + WaitingAfter > now ? Earlier(next, _lastOutput + WaitingAfter) : next;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
