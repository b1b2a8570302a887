namespace Tether.Tui.Terminal.FullScreen;

/// <summary>
/// The terminal's size. A window being dragged reports many: the first counts at once, then at most one in each interval, the last one always. Belongs to
/// the loop; times are milliseconds of its clock.
/// </summary>
internal sealed class ScreenSize(Func<(int Columns, int Rows)> measure)
{
    /// <summary>A person sees the screen follow; more often it would only be drawn in vain.</summary>
    public const int Interval = 33;

    private long _last = long.MinValue / 2;
    private bool _isNoted;

    /// <summary>In cells, as it counts now.</summary>
    public (int Columns, int Rows) Current { get; private set; } = measure();

    /// <summary>Milliseconds until <see cref="TakeChange"/> is due; -1 for nothing.</summary>
    public int NextTick(long now) => _isNoted ? (int)Math.Clamp(_last + Interval - now, 0, Interval) : -1;

    /// <summary>SIGWINCH came, or the terminal was somebody else's meanwhile.</summary>
    public void Note() => _isNoted = true;

    /// <summary>
    /// True when everything is to be drawn anew: also when <see cref="Current"/> is what it was, because a terminal that was smaller for a moment has cut
    /// off what did not fit.
    /// </summary>
    public bool TakeChange(long now)
    {
        if (NextTick(now) != 0)
        {
            return false;
        }

        (_isNoted, _last) = (false, now);
        Current = measure();
        return true;
    }
}
