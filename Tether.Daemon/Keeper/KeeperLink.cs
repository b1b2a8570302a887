using Tether.Daemon.Native;

namespace Tether.Daemon.Keeper;

/// <summary>A program that a keeper held when the daemon asked, with a master that is now the daemon's.</summary>
internal sealed record HeldProcess(KeeperMessage.Held Held, int Master);

/// <summary>A keeper that has listed what it holds.</summary>
internal sealed record ReachedKeeper(KeeperChannel Channel, int ProcessId, List<HeldProcess> Held);

/// <summary>
/// The daemon's side of the keeper. One thread receives; anybody may spawn or release. When the keeper dies, that thread starts another and
/// hands it the masters of all living sessions, which the daemon holds too.
/// </summary>
internal sealed class KeeperLink
{
    // A keeper may be leaving, or be killed, at the very moment it is reached.
    private const int MaxTries = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // Set at the end, so that nobody waits for a keeper any more.
    private readonly ManualResetEventSlim _closing = new();
    private static readonly TimeSpan ReplaceLimit = TimeSpan.FromSeconds(5);

    private readonly string _socketPath;
    private readonly Func<IEnumerable<(KeeperMessage.Adopt Adopt, int Master)>> _livingSessions;
    private readonly Action<KeeperMessage.Exited> _exited;
    private readonly Action<string> _log;
    private readonly Dictionary<string, TaskCompletionSource<(int ProcessId, long StartTime, int Master)>> _spawns = [];
    private readonly Lock _spawning = new();

    // Programs that run already, of sessions that the daemon does not know yet.
    private readonly Dictionary<string, (KeeperMessage.Adopt Adopt, int Master)> _unsettled = [];
    private volatile KeeperChannel _channel;
    private TaskCompletionSource _replaced = NewSignal();
    private volatile bool _isClosed;

    /// <param name="socketPath">Of the keeper.</param>
    /// <param name="reached">See <see cref="Reach"/>.</param>
    /// <param name="livingSessions">The sessions whose masters a new keeper must get, should this one die.</param>
    /// <param name="exited">Called on the link's thread for each program that ends.</param>
    /// <param name="log">Told what becomes of the keeper.</param>
    public KeeperLink(
        string socketPath, ReachedKeeper reached, Func<IEnumerable<(KeeperMessage.Adopt Adopt, int Master)>> livingSessions, Action<KeeperMessage.Exited> exited, Action<string> log)
    {
        _socketPath = socketPath;
        _channel = reached.Channel;
        KeeperProcessId = reached.ProcessId;
        _livingSessions = livingSessions;
        _exited = exited;
        _log = log;
    }

    public int KeeperProcessId { get; private set; }

    /// <summary>Begins to receive; before it, nothing is told.</summary>
    public void Start() => new Thread(Receive, 128 * 1024) { Name = "keeper link", IsBackground = true }.Start();

    /// <summary>
    /// Starts a program on a new pty; its master is the caller's, who says <see cref="Settle"/> once the session is among the living.
    /// A keeper that has just been killed is waited for once.
    /// </summary>
    /// <exception cref="NativeError">The keeper could not start it.</exception>
    public (int ProcessId, long StartTime, int Master) Spawn(KeeperMessage.Spawn request)
    {
        var replaced = _replaced;
        try
        {
            return SpawnOnce(request);
        }
        catch (NativeError e) when (e.Errno == Libc.EPIPE && replaced.Task.Wait(ReplaceLimit))
        {
            return SpawnOnce(request);
        }
    }

    private (int ProcessId, long StartTime, int Master) SpawnOnce(KeeperMessage.Spawn request)
    {
        var answer = new TaskCompletionSource<(int, long, int)>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_spawning)
        {
            _spawns.Add(request.Session, answer);
        }

        if (!_channel.Send(request))
        {
            Fail(request.Session, new NativeError("the keeper is gone", Libc.EPIPE));
        }

        return answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>A session that was spawned is among the living now, or will never be.</summary>
    public void Settle(string session)
    {
        lock (_spawning)
        {
            _unsettled.Remove(session);
        }
    }

    /// <summary>The end of a session is recorded: the keeper may forget it.</summary>
    public void Release(string session) => _channel.Send(new KeeperMessage.Release(session));

    /// <summary>The daemon ends; the keeper stays unless it holds nothing.</summary>
    public void Close()
    {
        _isClosed = true;
        _closing.Set();
        _channel.Send(new KeeperMessage.Leave());
        _channel.Shutdown();
    }

    /// <summary>
    /// Takes over what the running keeper holds, or starts one, which takes most of a daemon's own start. Needs nothing of the daemon, which is made meanwhile.
    /// </summary>
    /// <exception cref="IOException">There is none, and none could be started.</exception>
    public static ReachedKeeper Reach(string socketPath)
    {
        for (var tries = 1; ; tries++)
        {
            var channel = Connect(socketPath);
            try
            {
                return TakeOver(channel);
            }
            catch (IOException) when (tries < MaxTries)
            {
                channel.Dispose();
            }
        }
    }

    private static KeeperChannel Connect(string socketPath)
    {
        if (KeeperChannel.Connect(socketPath) is { } running)
        {
            return running;
        }

        var answer = DetachedProcess.StartSelf("keep", "--socket", socketPath, "--ready-fd", $"{DetachedProcess.ReadyDescriptor}");
        return KeeperChannel.Connect(socketPath) ?? throw new IOException($"the keeper did not start: {(answer.Length > 0 ? answer : "it ended at once")}");
    }

    private static ReachedKeeper TakeOver(KeeperChannel channel)
    {
        var held = new List<HeldProcess>();
        channel.Send(new KeeperMessage.List());
        while (true)
        {
            switch (channel.Receive(out var master))
            {
                case KeeperMessage.Held process:
                    held.Add(new HeldProcess(process, master));
                    break;
                case KeeperMessage.Listed listed:
                    return new ReachedKeeper(channel, listed.KeeperProcessId, held);
                case null:
                    throw new IOException("the keeper closed the connection while it listed its sessions");
                default:
                    break;
            }
        }
    }

    private void Receive()
    {
        while (!_isClosed)
        {
            switch (_channel.Receive(out var master))
            {
                case KeeperMessage.Spawned spawned:
                    Settle(spawned, master);
                    break;
                case KeeperMessage.Refused refused:
                    Fail(refused.Session, new NativeError(refused.Reason, refused.Errno));
                    break;
                case KeeperMessage.Exited exited:
                    _exited(exited);
                    break;
                case null when !_isClosed:
                    Replace();
                    break;
                default:
                    CloseMaster(master);
                    break;
            }
        }
    }

    private void Settle(KeeperMessage.Spawned spawned, int master)
    {
        lock (_spawning)
        {
            if (_spawns.ContainsKey(spawned.Session))
            {
                _unsettled[spawned.Session] = (new KeeperMessage.Adopt(spawned.Session, spawned.ProcessId, spawned.StartTime), master);
            }
        }

        if (Take(spawned.Session) is { } answer)
        {
            answer.SetResult((spawned.ProcessId, spawned.StartTime, master));
        }
        else
        {
            CloseMaster(master);
        }
    }

    private static void CloseMaster(int master)
    {
        if (master >= 0)
        {
            _ = Libc.close(master);
        }
    }

    // The keeper was killed. Its children live on with the daemon's copies of the masters; the next daemon needs a keeper that has them.
    private void Replace()
    {
        _log("the keeper is gone; starting another");
        string[] waiting;
        lock (_spawning)
        {
            waiting = [.. _spawns.Keys];
        }

        foreach (var session in waiting)
        {
            Fail(session, new NativeError("the keeper was killed while it started the program", Libc.EPIPE));
        }

        _channel.Dispose();
        var former = "";
        for (var pause = FirstPause; TryReplace() is { } reason && !_closing.Wait(pause); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            // The machine has no room for a keeper now. Sessions go on without one; only this daemon's own end would end them.
            if (reason != former)
            {
                _log($"no keeper yet: {reason}");
                former = reason;
            }
        }

        DetachedProcess.Reap();
    }

    // Why there is none; null when there is one.
    private string? TryReplace()
    {
        try
        {
            var reached = Reach(_socketPath);
            (_channel, KeeperProcessId) = (reached.Channel, reached.ProcessId);
            foreach (var stray in reached.Held)
            {
                CloseMaster(stray.Master);
            }
        }
        catch (IOException e)
        {
            return e.Message;
        }

        (KeeperMessage.Adopt Adopt, int Master)[] unsettled;
        lock (_spawning)
        {
            unsettled = [.. _unsettled.Values];
        }

        // In this order, so that a session that becomes a living one meanwhile is told twice rather than never.
        foreach (var (adopt, master) in unsettled.Concat(_livingSessions()))
        {
            _channel.Send(adopt, master);
        }

        Interlocked.Exchange(ref _replaced, NewSignal()).SetResult();
        return null;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TaskCompletionSource<(int ProcessId, long StartTime, int Master)>? Take(string session)
    {
        lock (_spawning)
        {
            return _spawns.Remove(session, out var answer) ? answer : null;
        }
    }

    private void Fail(string session, NativeError error) => Take(session)?.SetException(error);
}
