namespace Tether.Daemon.Sessions;

/// <summary>What a session's thread will do later. There is no periodic timer: an idle session has no entry here and sleeps for ever.</summary>
internal sealed class Deadlines
{
    private readonly PriorityQueue<Action, long> _queue = new();

    /// <summary>Milliseconds of a clock that never goes back.</summary>
    public static long Now => Environment.TickCount64;

    /// <summary>How long the thread may sleep; -1 for ever.</summary>
    public int Timeout => _queue.TryPeek(out _, out var due) ? (int)Math.Clamp(due - Now, 0, int.MaxValue) : -1;

    /// <summary>Runs the action on the session's thread once the time is over. It cannot be taken back: the action looks for itself whether it is still wanted.</summary>
    public void After(TimeSpan delay, Action action) => _queue.Enqueue(action, Now + (long)delay.TotalMilliseconds);

    /// <returns>Something was due.</returns>
    public bool RunDue()
    {
        var wasDue = false;
        while (_queue.TryPeek(out _, out var due) && due <= Now)
        {
            wasDue = true;
            _queue.Dequeue()();
        }

        return wasDue;
    }
}
