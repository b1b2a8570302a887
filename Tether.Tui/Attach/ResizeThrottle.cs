namespace Tether.Tui.Attach;

/// <summary>A window being dragged sends many sizes: the first goes out at once, then at most one in each interval, the last one always.</summary>
internal sealed class ResizeThrottle
{
    private const int IntervalMilliseconds = 100;

    private long _due;
    private long _last;

    public int NextTick => _due == 0 ? -1 : (int)Math.Max(0, _due - Environment.TickCount64);

    public void Note()
    {
        if (_due == 0)
        {
            _due = Math.Max(Environment.TickCount64, _last + IntervalMilliseconds);
        }
    }

    public bool TakeDue()
    {
        if (_due == 0 || Environment.TickCount64 < _due)
        {
            return false;
        }

        (_last, _due) = (_due, 0);
        return true;
    }
}
