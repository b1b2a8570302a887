using System.Text.Json;
using System.Threading.Channels;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals.Audit;

/// <summary>
/// audit.jsonl: every decision, one line each, chained by hashes. One loop writes; <see cref="Append"/> may be called from any thread and never waits.
/// Its task ends when the line is in the file, which outlives a killed daemon; the disk's
/// own cache is flushed after that, once for all that came together, and entries that come meanwhile wait for it.
/// </summary>
internal sealed class AuditLog : IAuditLog, IDisposable
{
    // A full disk holds entries back here; what is more is told by number when it can be written again.
    private const int MostWaiting = 10_000;

    private readonly Channel<(AuditEntry Entry, TaskCompletionSource<AuditEntry?> Done)> _queue = Channel.CreateUnbounded<(AuditEntry, TaskCompletionSource<AuditEntry?>)>(new() { SingleReader = true });
    private readonly ManualResetEventSlim _isOpen = new();
    private readonly AuditFiles _files;
    private readonly TimeProvider _clock;
    private readonly Action<string> _complain;
    private readonly Task _loop;

    /// <param name="directory">Where audit.jsonl and its older parts are; it exists.</param>
    /// <param name="clock">For entries about the log itself.</param>
    /// <param name="complain">Told what could not be written or read.</param>
    /// <param name="rotateAt">How many bytes a part has before a new one begins.</param>
    public AuditLog(string directory, TimeProvider clock, Action<string> complain, long rotateAt = AuditFiles.DefaultRotateAt)
    {
        _clock = clock;
        _complain = complain;
        _files = new AuditFiles(directory, rotateAt);
        _loop = Task.Run(WriteAsync);
    }

    public string File => _files.Current;

    void IAuditLog.Append(AuditEntry entry) => Append(entry);

    /// <summary>Writes a decision; number and hashes are given here.</summary>
    /// <returns>The entry as it stands in the file; null when it could not be written yet, which has been complained about.</returns>
    public Task<AuditEntry?> Append(AuditEntry entry)
    {
        var done = new TaskCompletionSource<AuditEntry?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_queue.Writer.TryWrite((entry, done)))
        {
            done.SetResult(null);
        }

        return done.Task;
    }

    /// <summary>The newest entries that fit, oldest first.</summary>
    /// <param name="fits">Which.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<AuditEntry> Newest(Func<AuditEntry, bool> fits, int limit)
    {
        _isOpen.Wait();
        return _files.Newest(fits, limit);
    }

    /// <summary>Every line as it stands in the files, with its line feed, oldest first.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        _isOpen.Wait();
        return _files.Lines();
    }

    /// <summary>How many entries there are.</summary>
    public long Count
    {
        get
        {
            _isOpen.Wait();
            return _files.LastNumber;
        }
    }

    /// <summary>Checks every line of all parts.</summary>
    public AuditCheck Verify()
    {
        _isOpen.Wait();
        return _files.Verify();
    }

    /// <summary>Writes what waits, and ends.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _loop.Wait();
        _files.Dispose();
        _isOpen.Dispose();
    }

    private async Task WriteAsync()
    {
        var waiting = new List<(AuditEntry Entry, TaskCompletionSource<AuditEntry?> Done)>();
        Recover();
        _isOpen.Set();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_queue.Reader.TryRead(out var next))
            {
                waiting.Add(next);
            }

            Write(waiting);
        }
    }

    private void Write(List<(AuditEntry Entry, TaskCompletionSource<AuditEntry?> Done)> waiting)
    {
        try
        {
            var written = _files.Append([.. waiting.Select(entry => entry.Entry)]);
            for (var i = 0; i < waiting.Count; i++)
            {
                waiting[i].Done.TrySetResult(written[i]);
            }

            waiting.Clear();
            _files.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _complain($"{waiting.Count} entries of the audit log wait to be written: {e.Message}");
            foreach (var (_, done) in waiting)
            {
                done.TrySetResult(null);
            }

            if (waiting.Count > MostWaiting)
            {
                var lost = waiting.Count - (MostWaiting / 2);
                waiting.RemoveRange(0, lost);
                waiting.Insert(0, (About($"{lost} entries could not be written and are lost"), new TaskCompletionSource<AuditEntry?>()));
            }
        }
    }

    private void Recover()
    {
        try
        {
            if (_files.Open() is { } torn)
            {
                _complain(torn);
                _files.Append([About(torn)]);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _complain($"the audit log cannot be opened: {e.Message}");
        }
    }

    private AuditEntry About(string what) => new()
    {
        Number = 0,
        At = _clock.GetUtcNow(),
        Session = "",
        Agent = "",
        Item = "",
        Kind = QueueKind.Dialog,
        Title = "audit log: " + what,
        Decision = QueueDecision.Dismiss,
        By = "daemon",
        Surface = "audit",
        Reason = what,
    };
}
