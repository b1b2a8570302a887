namespace Tether.Tui.Dashboard;

/// <summary>
/// How long ago a key can have been typed at most. Keys wait in the terminal while the process gets no time: when one is read says nothing of what was on
/// the screen when it was typed. Those that are read now were not there when the terminal was looked at before. Belongs to the loop.
/// </summary>
internal sealed class TypingClock
{
    private long _looked;

    /// <summary>What is read now was typed after this, in milliseconds.</summary>
    public long TypedSince { get; private set; }

    /// <summary>The terminal was waited for; what it has is read now.</summary>
    /// <param name="from">When the wait began, in milliseconds.</param>
    /// <param name="timeout">For how long, in milliseconds.</param>
    /// <param name="isOver">The time was over before anything came.</param>
    public void Waited(long from, int timeout, bool isOver) => (TypedSince, _looked) = (_looked, isOver ? from + Math.Max(0, timeout) : from);

    /// <summary>When to look again, so that keys typed after that moment are known to be: the moment itself, or 0 when that was done.</summary>
    public long Due(long moment) => moment > _looked ? moment : 0;
}
