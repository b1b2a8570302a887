namespace Tether.Daemon.Sessions;

/// <summary>
/// When a channel gets what its session prints: a little at once, for an echo must not wait; more of it once an interval. What is let through at once
/// is a bucket that drains as time goes by. Times are <see cref="Deadlines.Now"/>'s milliseconds, and given by the caller.
/// </summary>
internal sealed class Pacer(int milliseconds)
{
    /// <summary>Nothing is sent.</summary>
    public const int Hold = -1;

    /// <summary>Everything is sent as soon as it is taken.</summary>
    public const int None = 0;

    /// <summary>The longest interval.</summary>
    public const int Slowest = 10_000;

    /// <summary>Bytes an interval that need not wait.</summary>
    public const int Budget = 4 * 1024;

    /// <summary>A screen costs less than more bytes than this.</summary>
    public const int MostOutput = 16 * 1024;

    /// <summary>So long a snapshot waits for the end of a frame that the program is drawing.</summary>
    public const int FramePatience = 100;

    private long? _lastAt;
    private double _spent;
    private long? _snapshotDueAt;

    /// <summary>The interval that the client asked for.</summary>
    public int Milliseconds { get; set; } = milliseconds;

    /// <summary>It is no shorter than this, whatever the client asked for.</summary>
    public int Least { get; set; }

    public bool IsPaced => Interval != None;

    public bool IsHeld => Milliseconds == Hold;

    /// <summary>The interval is over: only the program's frame is waited for.</summary>
    public bool WaitsForFrame => _snapshotDueAt is not null;

    private int Interval => IsHeld ? Hold : Math.Max(Milliseconds, Least);

    /// <summary>How many milliseconds the channel must wait yet; 0: send now.</summary>
    /// <param name="behind">Bytes that it has not had.</param>
    /// <param name="isInFrame">The program is in the middle of a synchronized update.</param>
    public long Delay(long now, long behind, bool isInFrame)
    {
        if (!IsPaced || behind <= Budget - SpentAt(now))
        {
            return 0;
        }

        if (_lastAt is { } last && After(last) is var due && due > now)
        {
            return due - now;
        }

        if (behind <= MostOutput || !isInFrame)
        {
            return 0;
        }

        _snapshotDueAt ??= now;
        return Math.Max(0, _snapshotDueAt.Value + FramePatience - now);
    }

    /// <summary>A frame of so many bytes has left.</summary>
    public void Sent(long now, int length)
    {
        _spent = Math.Min(Budget, SpentAt(now) + length);
        _lastAt = now;
        _snapshotDueAt = null;
    }

    // Those who share a least interval are due at the same moment, so that one snapshot serves them all.
    private long After(long last) => Least > Milliseconds ? ((last / Least) + 1) * Least : last + Milliseconds;

    private double SpentAt(long now) =>
        _lastAt is { } last && Interval > 0 ? Math.Max(0, _spent - ((double)(now - last) * Budget / Interval)) : 0;
}
