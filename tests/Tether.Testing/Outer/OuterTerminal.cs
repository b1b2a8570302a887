using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;

namespace Tether.Testing.Outer;

/// <summary>
/// The terminal window in front of which the person sits: a real pty, an emulator that shows what arrives and answers its queries,
/// and hands that type. What runs in it is the foreground job of a small shell, as in real life: killing the job leaves the terminal.
/// One thread moves the bytes; everything below the line belongs to it or is guarded by <see cref="_gate"/>.
/// </summary>
public sealed class OuterTerminal : IAsyncDisposable
{
    // Reports the job's pid and exit status on descriptor 3, keeps quiet about how it died, and then waits to be killed.
    private const string Shell = """
        exec 4>&2 2>/dev/null
        /bin/sh -c 'echo "pid $$" >&3; exec "$@" 2>&4 3>&- 4>&-' sh "$@"
        echo "exit $?" >&3
        exec sleep 3600 3>&- 4>&-
        """;

    // More than any test looks at; what comes later is only counted.
    private const int MaxCaptured = 32 << 20;

    private readonly Pty _pty;
    private readonly Thread _thread;
    private readonly int[] _wake = new int[2];
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();

    // ---- guarded by _gate ----
    private readonly OuterEmulator _emulator;
    private readonly List<ScreenWaiter> _waiters = [];
    private readonly MemoryStream _captured = new();
    private readonly Queue<byte[]> _typed = new();
    private List<byte[]>? _heldAnswers;
    private int _typedOffset;
    private long _received;
    private bool _isReading = true;
    private bool _isClosed;
    private string _status = "";

    private OuterTerminal(Pty pty, int columns, int rows)
    {
        _pty = pty;
        _emulator = new OuterEmulator(columns, rows, Answer);
        unsafe
        {
            fixed (int* wake = _wake)
            {
                Libc.Must(Libc.Pipe(wake), "pipe");
            }
        }

        SettingsBefore = new TerminalSettings(pty.Settings());
        _thread = new Thread(Run) { IsBackground = true, Name = "outer terminal" };
        _thread.Start();
    }

    /// <summary>The exit status of the program as a shell sees it: 128 + n for signal n.</summary>
    public Task<int> Exited => _exited.Task.WaitAsync(Patience.Ample);

    /// <summary>The pid of the program that was started here.</summary>
    public Task<int> ProcessId => _started.Task.WaitAsync(Patience.Usual);

    /// <summary>The settings that the program found.</summary>
    public TerminalSettings SettingsBefore { get; }

    public TerminalSettings Settings => new(_pty.Settings());

    public OuterScreen Screen
    {
        get
        {
            lock (_gate)
            {
                return _emulator.Look();
            }
        }
    }

    /// <summary>The rows that scrolled off the top of the main screen.</summary>
    public string[] Scrollback
    {
        get
        {
            lock (_gate)
            {
                return _emulator.Scrollback();
            }
        }
    }

    /// <summary>Every byte that arrived (the first 32 MiB of them).</summary>
    public byte[] Captured
    {
        get
        {
            lock (_gate)
            {
                return _captured.ToArray();
            }
        }
    }

    public long Received
    {
        get
        {
            lock (_gate)
            {
                return _received;
            }
        }
    }

    /// <summary>Opens a terminal of this size and runs a program in it.</summary>
    public static OuterTerminal Start(Sandbox sandbox, int columns, int rows, params string[] command)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        string[] shell = ["/bin/sh", "-c", Shell, "sh", .. command];
        return new OuterTerminal(Pty.Start(shell, sandbox.Environment, sandbox.WorkingDirectory, columns, rows), columns, rows);
    }

    /// <summary>Types a text as the keyboard would send it; Enter is \r.</summary>
    public void Type(string text) => Type(Encoding.UTF8.GetBytes(text));

    public void Type(byte[] bytes)
    {
        lock (_gate)
        {
            _typed.Enqueue(bytes);
        }

        Wake();
    }

    /// <summary>Presses a key, which is sent as the program in front asked for keys.</summary>
    public void Press(KeyPress press)
    {
        lock (_gate)
        {
            Type(_emulator.Encode(press));
        }
    }

    /// <summary>What the terminal shows and says when it is asked; a change between dark and light is reported to who asked for that.</summary>
    public void SetColors(TerminalColors colors)
    {
        lock (_gate)
        {
            _emulator.Colors = colors;
        }
    }

    /// <summary>The terminal is far away: it answers, but nothing of that arrives until <see cref="ReleaseAnswers"/>.</summary>
    public void HoldAnswers()
    {
        lock (_gate)
        {
            _heldAnswers = [];
        }
    }

    public void ReleaseAnswers()
    {
        lock (_gate)
        {
            _heldAnswers?.ForEach(Type);
            _heldAnswers = null;
        }
    }

    /// <summary>Pastes as a terminal does for a program that asked for bracketed paste.</summary>
    public void Paste(string text) => Type($"\e[200~{text}\e[201~");

    /// <summary>Writes over the screen behind the back of the program, as another process on the same terminal does.</summary>
    public void Vandalise(string text)
    {
        lock (_gate)
        {
            _emulator.Feed(Encoding.UTF8.GetBytes(text));
        }
    }

    public void Resize(int columns, int rows)
    {
        lock (_gate)
        {
            _emulator.Resize(columns, rows);
            _pty.Resize(columns, rows);
        }
    }

    /// <summary>Sends a signal to the program, not to what the terminal's shell or its daemon are.</summary>
    public async Task Signal(int signal) => Libc.Must(Libc.Kill(await ProcessId, signal), "kill");

    /// <summary>The window hangs: nothing that arrives is read until <see cref="ResumeReading"/>.</summary>
    public void StopReading() => SetReading(false);

    public void ResumeReading() => SetReading(true);

    /// <summary>Completes when the screen is as described, and fails with a picture of it when that does not happen in time.</summary>
    public async Task<OuterScreen> Until(Func<OuterScreen, bool> isSo, string what, TimeSpan? within = null)
    {
        var waiter = new ScreenWaiter(isSo);
        lock (_gate)
        {
            if (!waiter.Satisfies(_emulator.Look()))
            {
                _waiters.Add(waiter);
            }
        }

        try
        {
            return await waiter.Completion.Task.WaitAsync(within ?? Patience.Usual);
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }

            var exit = _exited.Task.IsCompleted ? $"; the program exited with {await _exited.Task}" : "";
            throw new TimeoutException($"never came: {what}{exit}\n{Screen}");
        }
    }

    /// <summary>Completes when the screen shows a text anywhere.</summary>
    public Task<OuterScreen> UntilShows(string text, TimeSpan? within = null) =>
        Until(screen => screen.Shows(text), $"\"{text}\"", within);

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
        }

        Wake();
        await Task.Run(_thread.Join);
        _pty.Dispose();
        _ = Libc.Close(_wake[0]);
        _ = Libc.Close(_wake[1]);
        _captured.Dispose();
    }

    private void Answer(byte[] answer)
    {
        if (_heldAnswers is { } held)
        {
            held.Add(answer);
        }
        else
        {
            Type(answer);
        }
    }

    private void SetReading(bool isReading)
    {
        lock (_gate)
        {
            _isReading = isReading;
        }

        Wake();
    }

    private unsafe void Wake()
    {
        byte one = 1;
        _ = Libc.Write(_wake[1], &one, 1);
    }

    private unsafe void Run()
    {
        const short pollOut = 4;
        var buffer = stackalloc byte[64 << 10];
        var entries = stackalloc Libc.PollEntry[3];
        while (true)
        {
            lock (_gate)
            {
                if (_isClosed)
                {
                    return;
                }

                var events = (_isReading ? Libc.PollIn : 0) | (_typed.Count > 0 ? pollOut : 0);
                // A negative descriptor is skipped, also for the hang-ups that poll reports unasked.
                entries[0] = new Libc.PollEntry { Descriptor = events == 0 ? -1 : _pty.Master, Events = (short)events };
                entries[1] = new Libc.PollEntry { Descriptor = _wake[0], Events = Libc.PollIn };
                entries[2] = new Libc.PollEntry { Descriptor = _exited.Task.IsCompleted ? -1 : _pty.Status, Events = Libc.PollIn };
            }

            _ = Libc.Poll(entries, 3, -1);
            if (entries[1].Returned != 0)
            {
                _ = Libc.Read(_wake[0], buffer, 64 << 10);
            }

            if ((entries[0].Returned & Libc.PollIn) != 0)
            {
                Show(buffer, Libc.Read(_pty.Master, buffer, 64 << 10));
            }

            if ((entries[0].Returned & pollOut) != 0)
            {
                Send();
            }

            if (entries[2].Returned != 0)
            {
                Report(Encoding.ASCII.GetString(buffer, (int)Math.Max(0, Libc.Read(_pty.Status, buffer, 4096))));
            }
        }
    }

    private unsafe void Show(byte* buffer, nint count)
    {
        if (count <= 0)
        {
            return;
        }

        var bytes = new ReadOnlySpan<byte>(buffer, (int)count);
        lock (_gate)
        {
            _received += count;
            if (_captured.Length < MaxCaptured)
            {
                _captured.Write(bytes);
            }

            _emulator.Feed(bytes);
            if (_waiters.Count > 0)
            {
                var screen = _emulator.Look();
                _waiters.RemoveAll(waiter => waiter.Satisfies(screen));
            }
        }
    }

    private unsafe void Send()
    {
        lock (_gate)
        {
            while (_typed.TryPeek(out var bytes))
            {
                nint sent;
                fixed (byte* pointer = bytes)
                {
                    sent = Libc.Write(_pty.Master, pointer + _typedOffset, bytes.Length - _typedOffset);
                }

                if (sent < 0)
                {
                    return;
                }

                _typedOffset += (int)sent;
                if (_typedOffset == bytes.Length)
                {
                    _typed.Dequeue();
                    _typedOffset = 0;
                }
            }
        }
    }

    // Lines of `pid N` and `exit N`.
    private void Report(string text)
    {
        _status += text;
        if (text.Length == 0)
        {
            _exited.TrySetResult(-1);
        }

        foreach (var line in _status.Split('\n')[..^1])
        {
            var (word, number) = (line.Split(' ')[0], int.Parse(line.Split(' ')[1]));
            (word == "pid" ? _started : _exited).TrySetResult(number);
        }
    }
}
