using System.Text;
using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Logging;

/// <summary>
/// The queue in front of the log file and the one thread behind it. Whoever logs never waits for the disk: when the queue is full the
/// line is lost, and the next one that gets through says how many were. The thread sleeps while there is nothing to write.
/// </summary>
internal sealed class LogWriter : IDisposable
{
    // Characters that may wait. A disk that is slower than this much log has a problem that more log does not solve.
    private const int QueueLimit = 2 << 20;

    // A buffer that a flood has made larger is not kept.
    private const int KeptBuffer = 64 << 10;

    // A daemon that is told to end does not wait longer for its log.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly RotatingFile _file;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly object _gate = new();

    // ---- under _gate ----
    private StringBuilder _queue = new();
    private StringBuilder _spare = new();
    private long _queued;
    private long _written;
    private int _lost;
    private int _linesQueued;
    private bool _isClosed;

    public LogWriter(RotatingFile file, TimeProvider time)
    {
        _file = file;
        _time = time;
        _thread = new Thread(Run) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <param name="line">With its line feed.</param>
    public void Write(string line)
    {
        lock (_gate)
        {
            if (_isClosed || _queue.Length + line.Length > QueueLimit)
            {
                _lost++;
                return;
            }

            _queue.Append(line);
            _queued++;
            _linesQueued++;
            Monitor.PulseAll(_gate);
        }
    }

    public bool Flush(TimeSpan limit)
    {
        var start = _time.GetTimestamp();
        lock (_gate)
        {
            var upTo = _queued;
            while (_written < upTo)
            {
                var left = limit - _time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    return _written >= upTo;
                }
            }

            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join(CloseLimit);
    }

    private void Run()
    {
        while (Take() is var (batch, count, lost) && batch is not null)
        {
            if (lost > 0)
            {
                batch.Insert(0, LostLine(lost));
            }

            var isWritten = _file.Write(Encoding.UTF8.GetBytes(batch.ToString()));
            batch.Clear();
            lock (_gate)
            {
                _lost += isWritten ? 0 : count + lost;
                _written += count;
                _spare = batch.Capacity > KeptBuffer ? new StringBuilder() : batch;
                Monitor.PulseAll(_gate);
            }
        }

        _file.Dispose();
    }

    private (StringBuilder? Batch, int Count, int Lost) Take()
    {
        lock (_gate)
        {
            while (_queue.Length == 0 && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            if (_queue.Length == 0)
            {
                return default;
            }

            var taken = (_queue, _linesQueued, _lost);
            (_queue, _linesQueued, _lost) = (_spare, 0, 0);
            return taken;
        }
    }

    private string LostLine(int lost)
    {
        var line = new LogLine(_time.GetUtcNow(), LogLevel.Warning, "Logging");
        line.Add("event", "LinesLost");
        line.Add("msg", $"{lost} lines before these were lost: the disk was full, or too slow.");
        return line.ToString();
    }
}
