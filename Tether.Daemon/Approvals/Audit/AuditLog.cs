using System.Text.Json;
using System.Threading.Channels;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals.Audit;

/// <summary>
/// audit.jsonl: every decision, one line each, chained by hashes. One loop writes; <see cref="Append"/> may be called from any thread and never waits.
/// Its task ends when the line is on the disk; the disk is asked once for all that came together, and entries that come meanwhile wait for it. What cannot be
/// written waits here and is tried again.
/// </summary>
internal sealed class AuditLog : IAuditLog, IDisposable
{
    // A full disk holds entries back here; what is more is told by number when it can be written again.
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly Channel<(AuditEntry Entry, TaskCompletionSource<AuditEntry?> Done)> _queue = Channel.CreateUnbounded<(AuditEntry, TaskCompletionSource<AuditEntry?>)>(new() { SingleReader = true });
    private readonly ManualResetEventSlim _isOpen = new();
    private readonly AuditFiles _files;
    private readonly TimeProvider _clock;
    private readonly Action<string> _complain;
    private readonly Lazy<Task> _loop;

    // The loop's own.
    private bool _isKeepingBack;

    /// <param name="directory">Where audit.jsonl and its older parts are; it exists.</param>
    /// <param name="clock">For entries about the log itself.</param>
    /// <param name="complain">Told what could not be written or read.</param>
    /// <param name="rotateAt">How many bytes a part has before a new one begins.</param>
    public AuditLog(string directory, TimeProvider clock, Action<string> complain, long rotateAt = AuditFiles.DefaultRotateAt)
    {
        _clock = clock;
        _complain = complain;
        _files = new AuditFiles(directory, rotateAt);
        _loop = new Lazy<Task>(() => Task.Run(WriteAsync));
    }

    public string File => _files.Current;

    async Task<bool> IAuditLog.Append(AuditEntry entry) => await Append(entry).ConfigureAwait(false) is not null;

    public bool Knows(string item) => Newest(entry => entry.Item == item, 1) is [{ } entry] && !entry.Receipt.StartsWith(DecisionText.NotDelivered, StringComparison.Ordinal);

    /// <summary>Writes a decision; number and hashes are given here.</summary>
    /// <returns>The entry as it stands in the file; null when it could not be written yet, which has been complained about.</returns>
    public Task<AuditEntry?> Append(AuditEntry entry)
    {
        var done = new TaskCompletionSource<AuditEntry?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_queue.Writer.TryWrite((entry, done)))
        {
            Open();
        }
        else
        {
            done.SetResult(null);
        }

        return done.Task;
    }

    /// <summary>Begins to look whether the files are whole, if nobody has used them yet. Does not wait.</summary>
    public void Open() => _ = _loop.Value;

    /// <summary>The newest entries that fit, oldest first.</summary>
    /// <param name="fits">Which.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<AuditEntry> Newest(Func<AuditEntry, bool> fits, int limit)
    {
        AwaitOpen();
        return _files.Newest(fits, limit);
    }

    /// <summary>Every line as it stands in the files, with its line feed, oldest first.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        AwaitOpen();
        return _files.Lines();
    }

    /// <summary>How many entries there are.</summary>
    public long Count
    {
        get
        {
            AwaitOpen();
            return _files.LastNumber;
        }
    }

    /// <summary>Checks every line of all parts.</summary>
    public AuditCheck Verify()
    {
        AwaitOpen();
        return _files.Verify();
    }

    /// <summary>Writes what waits, and ends.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        if (_loop.IsValueCreated)
        {
            _loop.Value.Wait();
        }

        _files.Dispose();
        _isOpen.Dispose();
    }

    private void AwaitOpen()
    {
        Open();
        _isOpen.Wait();
    }

    private async Task WriteAsync()
    {
        var waiting = new List<(AuditEntry Entry, TaskCompletionSource<AuditEntry?> Done)>();
        Recover();
        _isOpen.Set();
        while (await IsMoreToDo(waiting.Count > 0).ConfigureAwait(false))
        {
            while (_queue.Reader.TryRead(out var next))
            {
                waiting.Add(next);
            }

            Write(waiting);
        }

        if (waiting.Count > 0)
        {
            Write(waiting);
        }
    }

    private async Task<bool> IsMoreToDo(bool isRetrying)
    {
        var more = _queue.Reader.WaitToReadAsync().AsTask();
        try
        {
            return await (isRetrying ? more.WaitAsync(RetryAfter, _clock) : more).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private void Write(List<(AuditEntry Entry, TaskCompletionSource<AuditEntry?> Done)> waiting)
    {
        AuditEntry[] written;
        try
        {
            written = _files.Append([.. waiting.Select(entry => entry.Entry)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            KeepBack(waiting, e.Message);
            return;
        }

        if (_isKeepingBack)
        {
            _isKeepingBack = false;
            _complain($"the audit log is written again; {waiting.Count} entries that waited are in it");
        }

        var isOnDisk = Tried(_files.Flush);
        for (var i = 0; i < waiting.Count; i++)
        {
            waiting[i].Done.TrySetResult(isOnDisk ? written[i] : null);
        }

        waiting.Clear();
        Tried(_files.WriteHead);
    }

    private void KeepBack(List<(AuditEntry Entry, TaskCompletionSource<AuditEntry?> Done)> waiting, string why)
    {
        if (!_isKeepingBack)
        {
            _isKeepingBack = true;
            _complain($"the audit log cannot be written, and what is decided waits: {why}");
        }

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

    private bool Tried(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _complain($"the audit log is not safe on the disk: {e.Message}");
            return false;
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
        Surface = DecisionText.AuditSurface,
        Reason = what,
    };
}
