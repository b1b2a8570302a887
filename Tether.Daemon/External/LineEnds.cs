using System.Text;
using Tether.Daemon.Native;
using Tether.Daemon.Sessions;

namespace Tether.Daemon.External;

/// <summary>
/// The agents' ends of all sessions that have no program: one thread for all of them, which sleeps while nobody types and nothing is printed. Any thread
/// may call. An end is closed when its session closes the other one.
/// </summary>
internal sealed class LineEnds : IDisposable
{
    private const int MailboxToken = 0;

    private readonly SessionMailbox _mailbox = new();
    private readonly Poller _poller = new();
    private readonly Thread _thread;

    // ---- owned by the thread ----
    private readonly Dictionary<int, LineEnd> _ends = [];
    private readonly Dictionary<string, int> _tokens = [];
    private int _lastToken = MailboxToken;
    private bool _isOver;

    public LineEnds()
    {
        _poller.Add(_mailbox.Descriptor, MailboxToken, read: true, write: false);
        _thread = new Thread(Run, 128 * 1024) { Name = "external sessions", IsBackground = true };
        _thread.Start();
    }

    /// <summary>
    /// Hears of each line that a person typed into a session, without its end, on the thread here; must not wait. Null for Control-C. Who types faster than what
    /// it gives is done waits in his terminal.
    /// </summary>
    public Func<string, string?, Task>? Typed { get; set; }

    /// <summary>Makes the terminal of a session.</summary>
    /// <returns>The session's end of it, which is the caller's.</returns>
    /// <exception cref="NativeError">There are no more.</exception>
    public int Open(string session, int columns, int rows)
    {
        var (master, slave) = LineTerminal.Open(columns, rows);
        _mailbox.Post(() => Add(new LineEnd(session, slave)));
        return master;
    }

    /// <summary>Prints a text into a session. Done when its terminal has taken all of it, or the session is gone.</summary>
    public Task PrintAsync(string session, ReadOnlyMemory<byte> text)
    {
        var printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_mailbox.Post(() => Print(session, text, printed)))
        {
            printed.SetResult();
        }

        return printed.Task;
    }

    public void Dispose()
    {
        _mailbox.Post(() => _isOver = true);
        _thread.Join();
        _poller.Dispose();
        _mailbox.Dispose();
    }

    private void Run()
    {
        Span<Readiness> ready = stackalloc Readiness[16];
        while (!_isOver)
        {
            var count = _poller.Wait(ready, -1);
            for (var i = 0; i < count; i++)
            {
                Handle(ready[i]);
            }
        }

        foreach (var end in _ends.Values)
        {
            end.Dispose();
        }

        foreach (var late in _mailbox.Close())
        {
            late();
        }
    }

    private void Handle(in Readiness ready)
    {
        if (ready.Token == MailboxToken)
        {
            _mailbox.Run();
        }
        else if (_ends.TryGetValue(ready.Token, out var end))
        {
            // A session that is gone while its lines wait has nobody who could read them.
            var isThere = ready.HungUp ? end.MayRead && ReadLines(ready.Token, end) : !ready.CanRead || ReadLines(ready.Token, end);
            if (isThere && ready.CanWrite)
            {
                isThere = Write(ready.Token, end, wasWaiting: true);
            }

            if (!isThere)
            {
                Remove(ready.Token, end);
            }
        }
    }

    private void Add(LineEnd end)
    {
        if (_isOver)
        {
            end.Dispose();
            return;
        }

        var token = ++_lastToken;
        _ends[token] = end;
        _tokens[end.Session] = token;
        _poller.Add(end.Descriptor, token, read: true, write: false);
    }

    private void Remove(int token, LineEnd end)
    {
        _ends.Remove(token);
        if (_tokens.GetValueOrDefault(end.Session) == token)
        {
            _tokens.Remove(end.Session);
        }

        _poller.Remove(end.Descriptor);
        end.Dispose();
    }

    private void Print(string session, ReadOnlyMemory<byte> text, TaskCompletionSource printed)
    {
        if (_isOver || !_tokens.TryGetValue(session, out var token))
        {
            printed.TrySetResult();
            return;
        }

        var end = _ends[token];
        var wasWaiting = end.IsWaiting;
        end.Print(text, printed);
        if (!wasWaiting && !Write(token, end, wasWaiting))
        {
            Remove(token, end);
        }
    }

    private bool Write(int token, LineEnd end, bool wasWaiting)
    {
        var isThere = end.Continue();
        if (isThere && end.IsWaiting != wasWaiting)
        {
            Watch(token, end);
        }

        return isThere;
    }

    private void Watch(int token, LineEnd end) => _poller.Change(end.Descriptor, token, read: end.MayRead, write: end.IsWaiting);

    private bool ReadLines(int token, LineEnd end)
    {
        var isGone = false;
        while (end.MayRead && end.TryRead(out var line, out isGone))
        {
            var told = Typed?.Invoke(end.Session, line is [.., LineTerminal.Interrupt] ? null : Encoding.UTF8.GetString(line.AsSpan().TrimEnd("\n"u8)));
            if (told is { IsCompleted: false })
            {
                end.Told++;
                told.ContinueWith(_ => _mailbox.Post(() => GoOn(token, end)), TaskScheduler.Default);
            }
        }

        if (!isGone && !end.MayRead)
        {
            Watch(token, end);
        }

        return !isGone;
    }

    private void GoOn(int token, LineEnd end)
    {
        end.Told--;
        if (_ends.GetValueOrDefault(token) == end)
        {
            Watch(token, end);
        }
    }
}
