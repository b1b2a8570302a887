using Tether.Daemon.Native;

namespace Tether.Daemon.Keeper;

/// <summary>
/// `tetherd keep`: spawns, holds the masters, reaps. It reads no output, writes no file, and lives as long as it holds a session, whatever
/// becomes of the daemon. One thread, one epoll.
/// </summary>
internal sealed class KeeperProcess : IDisposable
{
    private const int ListenToken = 0;

    private readonly UnixSocket _listener;
    private readonly Poller _poller = new();
    private readonly Dictionary<int, KeeperChannel> _channels = [];
    private readonly Dictionary<int, KeptProcess> _processes = [];
    private int _nextToken = ListenToken + 1;
    private bool _isLeaving;

    private KeeperProcess(UnixSocket listener)
    {
        _listener = listener;
        _poller.Add(listener.Descriptor, ListenToken, read: true, write: false);
    }

    /// <summary>Serves until it is told to leave while it holds nothing. <paramref name="ready"/> is called once it listens.</summary>
    public static void Run(string socketPath, Action ready)
    {
        using var keeper = new KeeperProcess(UnixSocket.Listen(socketPath));
        ready();
        keeper.Loop();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _poller.Dispose();

        // Who was accepted in the very moment of leaving must hear the end, not wait for an answer.
        foreach (var channel in _channels.Values)
        {
            channel.Dispose();
        }
    }

    private void Loop()
    {
        Span<Readiness> ready = stackalloc Readiness[16];
        while (!_isLeaving)
        {
            var count = _poller.Wait(ready, -1);
            for (var i = 0; i < count; i++)
            {
                Handle(ready[i].Token);
            }
        }
    }

    private void Handle(int token)
    {
        if (token == ListenToken)
        {
            Accept();
        }
        else if (_channels.TryGetValue(token, out var channel))
        {
            Serve(token, channel);
        }
        else if (_processes.TryGetValue(token, out var process) && !process.HasExited && process.TryReap())
        {
            _poller.Remove(process.EndDescriptor);
            Tell(new KeeperMessage.Exited(process.Session, process.ExitCode, process.Signal));
        }
    }

    private void Accept()
    {
        UnixSocket? socket;
        try
        {
            socket = _listener.Accept();
        }
        catch (NativeError)
        {
            // Out of descriptors. Whoever holds terminals must not fall over that: who waits is served once there are some.
            return;
        }

        if (socket is null)
        {
            return;
        }

        if (socket.Peer().UserId != Libc.getuid())
        {
            socket.Dispose();
            return;
        }

        var token = _nextToken++;
        _channels.Add(token, new KeeperChannel(socket));
        _poller.Add(socket.Descriptor, token, read: true, write: false);
    }

    private void Serve(int token, KeeperChannel channel)
    {
        KeeperMessage? message;
        int descriptor;
        try
        {
            message = channel.Receive(out descriptor);
        }
        catch (InvalidDataException)
        {
            message = null;
            descriptor = -1;
        }

        if (message is null)
        {
            _poller.Remove(channel.Descriptor);
            _channels.Remove(token);
            channel.Dispose();
            return;
        }

        Answer(channel, message, descriptor);
    }

    private void Answer(KeeperChannel channel, KeeperMessage message, int descriptor)
    {
        switch (message)
        {
            case KeeperMessage.Spawn spawn:
                Spawn(channel, spawn);
                break;
            case KeeperMessage.List:
                foreach (var process in _processes.Values)
                {
                    channel.Send(process.Describe(), process.Master);
                }

                channel.Send(new KeeperMessage.Listed(Environment.ProcessId));
                break;
            case KeeperMessage.Adopt adopt when descriptor >= 0:
                Adopt(adopt, descriptor);
                return;
            case KeeperMessage.Release release:
                Release(release.Session);
                break;
            case KeeperMessage.Leave:
                _isLeaving = _processes.Count == 0;
                break;
            default:
                channel.Send(new KeeperMessage.Refused("", "not understood", 0));
                break;
        }

        if (descriptor >= 0)
        {
            _ = Libc.close(descriptor);
        }
    }

    private void Adopt(KeeperMessage.Adopt adopt, int master)
    {
        Release(adopt.Session);
        try
        {
            Keep(new KeptProcess(adopt.Session, new ProcessIdentity(adopt.ProcessId, adopt.StartTime), master, isChild: false));
        }
        catch (NativeError)
        {
            // The daemon has a master of its own; only this copy cannot be kept.
            _ = Libc.close(master);
        }
    }

    private void Spawn(KeeperChannel channel, KeeperMessage.Spawn request)
    {
        try
        {
            var (processId, master) = PtySpawner.Spawn(request);
            var process = Watch(request.Session, processId, master);
            channel.Send(new KeeperMessage.Spawned(request.Session, processId, process.Identity.StartTime), master);
            Keep(process);
        }
        catch (NativeError e)
        {
            channel.Send(new KeeperMessage.Refused(request.Session, e.Message, e.Errno));
        }
    }

    private static KeptProcess Watch(string session, int processId, int master)
    {
        try
        {
            return new KeptProcess(session, ProcessIdentity.Of(processId), master, isChild: true);
        }
        catch (NativeError)
        {
            // A program whose end nobody would see must not run.
            _ = Libc.kill(-processId, Libc.SIGKILL);
            _ = Libc.close(master);
            unsafe
            {
                int status;
                _ = Libc.waitpid(processId, &status, 0);
            }

            throw;
        }
    }

    private void Keep(KeptProcess process)
    {
        // Somebody told it to leave in the same round, when it held nothing yet.
        _isLeaving = false;
        var token = _nextToken++;
        _processes.Add(token, process);
        if (process.EndDescriptor >= 0)
        {
            _poller.Add(process.EndDescriptor, token, read: true, write: false);
        }
        else if (process.TryReap())
        {
            Tell(new KeeperMessage.Exited(process.Session, process.ExitCode, process.Signal));
        }
    }

    private void Release(string session)
    {
        foreach (var (token, process) in _processes)
        {
            if (process.Session == session)
            {
                _processes.Remove(token);
                _poller.Remove(process.EndDescriptor);
                process.Close();
                return;
            }
        }
    }

    private void Tell(KeeperMessage message)
    {
        foreach (var channel in _channels.Values)
        {
            channel.Send(message);
        }
    }
}
