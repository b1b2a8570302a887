namespace Tether.Daemon.Approvals;

/// <summary>Work that is done one piece after another, in the order in which it was left, by a thread of the pool: for callers that must not wait.</summary>
internal sealed class SerialWork : IDisposable
{
    private readonly Action<Exception> _failed;

    // ---- under _waiting, which is the lock too ----
    private readonly Queue<Action> _waiting = new();
    private bool _isBusy;
    private bool _isOver;

    /// <param name="failed">Told what a piece of work threw; the next one is done all the same.</param>
    public SerialWork(Action<Exception> failed) => _failed = failed;

    public void Post(Action work)
    {
        lock (_waiting)
        {
            if (_isOver)
            {
                return;
            }

            _waiting.Enqueue(work);
            if (_isBusy)
            {
                return;
            }

            _isBusy = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static own => ((SerialWork)own!).Run(), this);
    }

    /// <summary>What was left is done, but nothing that is left from now on.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _isOver = true;
        }
    }

    private void Run()
    {
        while (Next() is { } work)
        {
            try
            {
                work();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _failed(e);
            }
        }
    }

    private Action? Next()
    {
        lock (_waiting)
        {
            _isBusy = _waiting.TryDequeue(out var work);
            return work;
        }
    }
}
