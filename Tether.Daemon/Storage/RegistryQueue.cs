namespace Tether.Daemon.Storage;

/// <summary>
/// What waits to be written to the registry. Bounded: one entry a session or item, however often it is saved.
/// Sessions' threads put in and never wait; the writer's thread takes out.
/// </summary>
internal sealed class RegistryQueue(TimeProvider time)
{
    private readonly object _gate = new();

    // ---- under _gate ----
    private RegistryBatch _waiting = new();
    private long _put;
    private long _settled;
    private long _taken;
    private bool _isHurried;
    private bool _isClosed;

    public void Put(Action<RegistryBatch> change)
    {
        lock (_gate)
        {
            change(_waiting);
            _put++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// The next batch: waits until there is something, and then until <paramref name="notBefore"/> unless somebody flushes.
    /// Null when the queue is closed and empty.
    /// </summary>
    public RegistryBatch? Take(long notBefore)
    {
        lock (_gate)
        {
            while (_waiting.IsEmpty && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            while (!_isHurried && !_isClosed && time.GetElapsedTime(time.GetTimestamp(), notBefore) is { Ticks: > 0 } left)
            {
                Monitor.Wait(_gate, left);
            }

            _isHurried = false;
            _taken = _put;
            if (_waiting.IsEmpty)
            {
                return null;
            }

            var batch = _waiting;
            _waiting = new RegistryBatch();
            return batch;
        }
    }

    /// <summary>What was taken is written.</summary>
    public void Settle()
    {
        lock (_gate)
        {
            _settled = _taken;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What was taken could not be written. False when it is given up because the queue is closed.</summary>
    public bool TakeBack(RegistryBatch batch)
    {
        lock (_gate)
        {
            _waiting.TakeBack(batch);
            return !_isClosed;
        }
    }

    /// <summary>Waits until everything put so far is written; false when that takes longer.</summary>
    public bool Flush(TimeSpan limit)
    {
        var start = time.GetTimestamp();
        lock (_gate)
        {
            var upTo = _put;
            while (_settled < upTo)
            {
                _isHurried = true;
                Monitor.PulseAll(_gate);
                var left = limit - time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    return _settled >= upTo;
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
}
