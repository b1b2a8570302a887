namespace Tether.Tui.Terminal.FullScreen;

/// <summary>
/// Measures how fast a terminal takes what it is sent, wherever on the way that is held up. A pty, and ssh behind it, swallow far more than a slow line
/// delivers; so now and then a question goes behind a frame (DSR, <see cref="Probe"/>), and the time until its answer, less the line's own latency, is what
/// the bytes took. Belongs to the loop; times are milliseconds of its clock.
/// </summary>
internal sealed class DrainMeter
{
    /// <summary>Bytes from one question to the next, at least.</summary>
    public const int ProbeEvery = 2048;

    /// <summary>An answer that takes longer is overdue: a very slow line, or it was lost. A frame now and then goes out nevertheless.</summary>
    public const int Patience = 3000;

    /// <summary>An answer that has not come by then does not come, and nothing is asked again before one has.</summary>
    public const int LongestPatience = 15_000;

    /// <summary>What may be under way before anything is known: a second's worth of a slow line.</summary>
    public const int FirstWindow = 8 << 10;

    private const int SmallestWindow = 4096;
    private const int LargestWindow = 256 << 10;

    // What may lie in the line beyond what its latency hides: a person does not feel it.
    private const int Slack = 50;

    // The loop's clock and the scheduler are not exact: less is nothing.
    private const int Jitter = 3;

    private double _latency = -1;
    private double _millisecondsPerByte;
    private bool _isMeasured;
    private long _sent;
    private long _arrived;
    private long _probeEnd;
    private long _probedAt;

    /// <summary>DSR: answered with <c>CSI 0 n</c>.</summary>
    public static ReadOnlySpan<byte> Probe => "\e[5n"u8;

    /// <summary>The terminal is known to answer.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Bytes a second; null while no limit is felt.</summary>
    public double? Rate => _millisecondsPerByte > 0 ? 1000 / _millisecondsPerByte : null;

    private bool IsProbing => _probeEnd > 0;

    private double Window => !_isMeasured ? FirstWindow
        : _millisecondsPerByte <= 0 ? LargestWindow
        : Math.Clamp((_latency + Slack) / _millisecondsPerByte, SmallestWindow, LargestWindow);

    /// <summary>How long so many bytes take to arrive.</summary>
    public int TimeFor(long bytes) => (int)Math.Min(Patience, bytes * _millisecondsPerByte);

    /// <summary>A question was answered behind which nothing had to drain.</summary>
    public void NoteLatency(long milliseconds) => _latency = _latency < 0 ? milliseconds : Math.Min(_latency, milliseconds);

    /// <summary>So many bytes were sent; true when <see cref="Probe"/> is to follow them.</summary>
    public bool Send(int bytes, long now)
    {
        _sent += bytes;
        if (!IsAnswered || IsProbing || _sent - _arrived < ProbeEvery)
        {
            return false;
        }

        (_probeEnd, _probedAt) = (_sent, now);
        return true;
    }

    /// <summary>A probe was answered.</summary>
    public void Answer(long now)
    {
        IsAnswered = true;
        if (!IsProbing)
        {
            return;
        }

        var elapsed = now - _probedAt;
        NoteLatency(elapsed);
        Note(_probeEnd - _arrived, elapsed - _latency);
        (_arrived, _probeEnd) = (_probeEnd, 0);
    }

    /// <summary>Milliseconds until more may be sent; 0 for at once. An answer may make it sooner.</summary>
    public int WaitingTime(long now)
    {
        if (!IsProbing || _sent - _arrived <= Window)
        {
            return 0;
        }

        if (now - _probedAt >= LongestPatience)
        {
            IsAnswered = false;
            (_arrived, _probeEnd) = (_sent, 0);
        }

        return IsProbing ? (int)Math.Max(0, _probedAt + Patience - now) : 0;
    }

    /// <summary>The last question should have been answered by now.</summary>
    public bool IsOverdue(long now) => IsProbing && now - _probedAt >= Patience;

    /// <summary>The terminal was somebody else's: what was under way has arrived or was lost.</summary>
    public void Forget() => (_arrived, _probeEnd, _latency) = (_sent, 0, -1);

    // Slowness, not speed, is averaged: one slow answer weighs more than a fast one.
    private void Note(long bytes, double milliseconds)
    {
        const double Weight = 0.3;
        var slowness = milliseconds < Jitter ? 0 : milliseconds / bytes;
        _millisecondsPerByte = _isMeasured ? _millisecondsPerByte + ((slowness - _millisecondsPerByte) * Weight) : slowness;
        _millisecondsPerByte = _millisecondsPerByte < 1e-7 ? 0 : _millisecondsPerByte;
        _isMeasured = true;
    }
}
