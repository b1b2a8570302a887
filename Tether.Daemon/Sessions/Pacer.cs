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

    public int Milliseconds { get; set; } = milliseconds;

    public bool IsPaced => Milliseconds != None;

    public bool IsHeld => Milliseconds == Hold;

    /// <summary>How many milliseconds the channel must wait yet; 0: send now.</summary>
    /// <param name="behind">Bytes that it has not had.</param>
    /// <param name="isInFrame">The program is in the middle of a synchronized update.</param>
    public long Delay(long now, long behind, bool isInFrame)
    {
        if (!IsPaced || behind <= Budget - SpentAt(now))
        {
            return 0;
        }

        if (_lastAt is { } last && last + Milliseconds > now)
        {
            return last + Milliseconds - now;
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

    private double SpentAt(long now) =>
        _lastAt is { } last && Milliseconds > 0 ? Math.Max(0, _spent - ((double)(now - last) * Budget / Milliseconds)) : 0;
}
