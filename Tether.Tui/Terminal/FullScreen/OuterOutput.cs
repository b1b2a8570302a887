namespace Tether.Tui.Terminal.FullScreen;

/// <summary>
/// What is on its way to the terminal. Nothing here waits: what the terminal does not take is kept and sent when it does. Whoever draws asks
/// <see cref="DelayBeforeFrame"/> first, so that there is never more than one frame in the queue, however slow or stopped the terminal is. Belongs to the
/// loop; times are milliseconds of its clock.
/// </summary>
internal sealed class OuterOutput(TerminalDevice device)
{
    /// <summary>At most 60 frames a second.</summary>
    public const int ShortestFrameInterval = 16;

    /// <summary>What nobody acts upon, such as the output of tiles that nobody types into, is worth ten frames a second.</summary>
    public const int CalmFrameInterval = 100;

    /// <summary>So many frames may follow one another at once after a pause, so that an echo does not wait for the frame that another session has just caused.</summary>
    public const int Burst = 3;

    /// <summary>At least one frame in this time, on however slow a line.</summary>
    public const int LongestFrameInterval = 1000;

    // Waiting in a serial line's own buffer, which nothing reports the end of.
    private const int MaxInDevice = 1024;
    private const int DeviceInterval = 10;

    private const int KeptQueue = 256 << 10;

    private byte[] _queue = new byte[4096];
    private int _start;
    private int _end;
    private long _lastFrameAt = long.MinValue / 2;

    // When as many intervals as frames have passed.
    private long _paidAt = long.MinValue / 2;

    /// <summary>How fast the terminal takes it.</summary>
    public DrainMeter Meter { get; } = new();

    /// <summary>The terminal has hung up; everything sent to it from now on is dropped.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Bytes that the terminal has not taken: the loop waits for it to be writable (POLLOUT), then calls <see cref="TryFlush"/>.</summary>
    public int Unsent => _end - _start;

    /// <summary>Milliseconds from one frame to the next: what the last one took to arrive, within the two limits.</summary>
    public int MinimumFrameInterval { get; private set; } = ShortestFrameInterval;

    /// <summary>Something is unsent, or so much under way that another frame would only make the line longer.</summary>
    public bool IsBusy(long now) => Unsent > 0 || device.Unsent > MaxInDevice || Meter.WaitingTime(now) > 0;

    /// <summary>Milliseconds until the next frame may be drawn; -1 until the terminal has become writable.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isCalm">Nobody waits for it: it comes with the next frame that somebody waits for, and else once in <see cref="CalmFrameInterval"/>.</param>
    public int DelayBeforeFrame(long now, bool isCalm = false)
    {
        if (Unsent > 0)
        {
            return -1;
        }

        // A slow line has no bursts: they would lie in it.
        var burst = MinimumFrameInterval == ShortestFrameInterval ? (Burst - 1) * ShortestFrameInterval : 0;
        var due = isCalm ? Math.Max(_lastFrameAt + CalmFrameInterval, _paidAt) : _paidAt - burst;
        var paced = (int)Math.Clamp(due - now, 0, LongestFrameInterval);
        return Math.Max(Math.Max(paced, Meter.WaitingTime(now)), device.Unsent > MaxInDevice ? DeviceInterval : 0);
    }

    /// <summary>Sends a frame, which may be sent only while <see cref="IsBusy"/> is false.</summary>
    public void SendFrame(ReadOnlySpan<byte> frame, long now)
    {
        if (frame.IsEmpty)
        {
            return;
        }

        _lastFrameAt = now;
        MinimumFrameInterval = Meter.IsOverdue(now) ? LongestFrameInterval
            : Math.Clamp(Meter.TimeFor(frame.Length), ShortestFrameInterval, LongestFrameInterval);
        _paidAt = Math.Max(_paidAt, now) + MinimumFrameInterval;
        Add(frame);
        if (Meter.Send(frame.Length, now))
        {
            Add(DrainMeter.Probe);
        }

        TryFlush();
    }

    /// <summary>Sends a few bytes that are no frame, at any time: a mode, a question, a clipboard.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        Add(bytes);
        TryFlush();
    }

    /// <summary>Sends what the terminal takes. True when nothing is left.</summary>
    public bool TryFlush()
    {
        while (Unsent > 0 && !IsGone)
        {
            var count = device.TryWrite(_queue.AsSpan(_start, Unsent));
            if (count == 0)
            {
                return false;
            }

            IsGone = count < 0;
            _start += Math.Max(0, count);
        }

        Clear();
        return true;
    }

    /// <summary>Nothing more can be sent.</summary>
    public void HangUp()
    {
        IsGone = true;
        Clear();
    }

    /// <summary>Drops what is unsent, in the middle of a sequence perhaps: the terminal is to be cleared.</summary>
    public void Forget()
    {
        Clear();
        Meter.Forget();
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (IsGone)
        {
            return;
        }

        if (_end + bytes.Length > _queue.Length)
        {
            _queue.AsSpan(_start, Unsent).CopyTo(_queue);
            (_start, _end) = (0, Unsent);
            Array.Resize(ref _queue, Math.Max(_queue.Length, 2 * (_end + bytes.Length)));
        }

        bytes.CopyTo(_queue.AsSpan(_end));
        _end += bytes.Length;
    }

    private void Clear()
    {
        _start = _end = 0;
        _queue = _queue.Length > KeptQueue ? new byte[4096] : _queue;
    }
}
