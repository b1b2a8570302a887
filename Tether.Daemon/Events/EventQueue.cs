namespace Tether.Daemon.Events;

/// <summary>
/// What waits for the log's writer. Whoever waits for his event is bounded by his waiting; of those that nobody waits for only so many are kept, and later ones
/// are given up and counted.
/// </summary>
internal sealed class EventQueue(TimeProvider time)
{
    /// <summary>As many events that nobody waits for may wait.</summary>
    public const int MostPosted = 10_000;

    /// <summary>Their data may take so many bytes.</summary>
    public const int MostPostedBytes = 16 << 20;

    private readonly object _gate = new();

    // ---- under _gate ----
    private List<EventWork> _waiting = [];
    private int _posted;
    private long _postedBytes;
    private long _dropped;
    private bool _isHurried;
    private bool _isClosed;

    /// <summary>False when the log is closed; nothing is done then.</summary>
    public bool Add(EventWork work)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            if (work is EventWork.Append { IsAwaited: false } posted && !Count(posted))
            {
                return true;
            }

            _isHurried |= work.IsAwaited;
            _waiting.Add(work);
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>
    /// All that waits. Waits itself until there is something, and then until <paramref name="notBefore"/> unless somebody waits for it. Null when the queue is closed and empty.
    /// </summary>
    /// <param name="notBefore">A timestamp of the clock.</param>
    /// <param name="isBusy">There is something else to do: an empty list instead of a wait for the first.</param>
    /// <param name="dropped">How many were given up since the last time.</param>
    public List<EventWork>? Take(long notBefore, bool isBusy, out long dropped)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isClosed && !isBusy)
            {
                Monitor.Wait(_gate);
            }

            while (_waiting.Count > 0 && !_isHurried && !_isClosed && time.GetElapsedTime(time.GetTimestamp(), notBefore) is { Ticks: > 0 } left)
            {
                Monitor.Wait(_gate, left);
            }

            var work = _waiting;
            (_waiting, _posted, _postedBytes, _isHurried) = ([], 0, 0, false);
            (dropped, _dropped) = (_dropped, 0);
            return work.Count == 0 && _isClosed ? null : work;
        }
    }

    /// <summary>Puts back, before what came since, what nobody waits for and could not be done. False when it is given up because the log is closed.</summary>
    public bool TakeBack(List<EventWork> work)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            var later = _waiting;
            (_waiting, _posted, _postedBytes) = ([], 0, 0);
            foreach (var one in work.Concat(later))
            {
                if (one is not EventWork.Append { IsAwaited: false } posted || Count(posted))
                {
                    _waiting.Add(one);
                }
            }

            return true;
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool Count(EventWork.Append posted)
    {
        if (_posted >= MostPosted || _postedBytes >= MostPostedBytes)
        {
            _dropped++;
            return false;
        }

        _posted++;
        _postedBytes += posted.Data.Length;
        return true;
    }
}
