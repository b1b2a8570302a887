using System.Text;
using Tether.Daemon.Keeper;
using Tether.Daemon.Native;

namespace Tether.Daemon.Tests.Keeper;

/// <summary>A keeper on a thread of this process, and a connection to it.</summary>
internal sealed class KeeperRig : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ScratchDirectory _scratch = new();
    private readonly List<int> _masters = [];
    private readonly Task _keeper;

    public KeeperRig()
    {
        using var isReady = new ManualResetEventSlim();
        _keeper = Task.Factory.StartNew(() => KeeperProcess.Run(SocketPath, isReady.Set), TaskCreationOptions.LongRunning);
        if (!isReady.Wait(Patience))
        {
            throw new TimeoutException("the keeper did not start");
        }

        Channel = Connect();
    }

    public string SocketPath => _scratch.File("keeper.sock");

    public string Directory => _scratch.Path;

    public KeeperChannel Channel { get; }

    /// <summary>Done when the keeper has left.</summary>
    public Task Ended => _keeper;

    public KeeperChannel Connect() => KeeperChannel.Connect(SocketPath) ?? throw new IOException("no keeper");

    public static KeeperMessage.Spawn Shell(string session, string script, string directory = "/", int columns = 80, int rows = 24, params string[] environment) => new()
    {
        Session = session,
        Path = "/bin/sh",
        Arguments = ["sh", "-c", script],
        Environment = environment,
        Directory = directory,
        Columns = columns,
        Rows = rows,
    };

    public (KeeperMessage.Spawned Spawned, int Master) Spawn(KeeperMessage.Spawn request)
    {
        Channel.Send(request);
        var spawned = Next<KeeperMessage.Spawned>(out var master);
        return (spawned, master);
    }

    /// <summary>Runs a script to its end; gives what it printed.</summary>
    public string Run(string script, string directory = "/", params string[] environment)
    {
        var session = Guid.NewGuid().ToString("N");
        var (_, master) = Spawn(Shell(session, script, directory, 80, 24, environment));
        var text = ReadToEnd(master);
        Next<KeeperMessage.Exited>(out _);
        Channel.Send(new KeeperMessage.Release(session));
        return text.ReplaceLineEndings("\n");
    }

    public T Next<T>(out int master, KeeperChannel? from = null)
        where T : KeeperMessage
    {
        var received = -1;
        var message = Task.Run(() => (from ?? Channel).Receive(out received)).Result();
        master = received;
        if (master >= 0)
        {
            _masters.Add(master);
        }

        return message as T ?? throw new InvalidOperationException($"{message} came instead of {typeof(T).Name}");
    }

    /// <summary>What the program prints until nobody has its terminal open any more.</summary>
    public static unsafe string ReadToEnd(int master)
    {
        var text = new List<byte>();
        var buffer = stackalloc byte[4096];
        using var poller = new Poller();
        poller.Add(master, 0, read: true, write: false);
        Span<Readiness> ready = stackalloc Readiness[1];
        while (poller.Wait(ready, (int)Patience.TotalMilliseconds) > 0)
        {
            if (Descriptors.Read(master, buffer, 4096, out var count) == IoOutcome.HungUp)
            {
                return Encoding.UTF8.GetString([.. text]);
            }

            text.AddRange(new ReadOnlySpan<byte>(buffer, count));
        }

        throw new TimeoutException($"the program did not end; it printed “{Encoding.UTF8.GetString([.. text])}”");
    }

    public void Dispose()
    {
        foreach (var master in _masters)
        {
            _ = Libc.close(master);
        }

        // None when it has left already.
        using (var channel = KeeperChannel.Connect(SocketPath))
        {
            channel?.Send(new KeeperMessage.List());
            while (channel?.Receive(out var master) is KeeperMessage.Held held)
            {
                _ = Libc.close(master);
                _ = Libc.kill(-held.ProcessId, Libc.SIGKILL);
                channel.Send(new KeeperMessage.Release(held.Session));
            }

            channel?.Send(new KeeperMessage.Leave());
        }

        _keeper.Wait(Patience);
        Channel.Dispose();
        _scratch.Dispose();
    }
}
