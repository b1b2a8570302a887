using Tether.Daemon.Native;

namespace Tether.Daemon.Server;

/// <summary>A thread that takes connections from a listening socket, one after another, until <see cref="Stop"/>.</summary>
/// <param name="name">The thread's.</param>
/// <param name="listener">Owned by this from now on.</param>
/// <param name="accepted">Gets each connection, which is its own from then on. The next one waits until it returns.</param>
internal sealed class Acceptor(string name, UnixSocket listener, Action<UnixSocket> accepted)
{
    private const int StackSize = 256 * 1024;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _stopped = new();
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(Run, StackSize) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Takes no more, and waits at most so long for the connection that is being given away.</summary>
    public void Stop(TimeSpan limit)
    {
        _stopped.Set();
        listener.Shutdown();
        _thread?.Join(limit);
    }

    private void Run()
    {
        while (Next() is { } connection)
        {
            try
            {
                accepted(connection);
            }
            catch (Exception e) when (e is OutOfMemoryException or NativeError)
            {
                // The limit on threads, say: this client finds nobody, the daemon and the others go on.
                connection.Dispose();
                _stopped.Wait(RetryPause);
            }
        }

        listener.Dispose();
    }

    private UnixSocket? Next()
    {
        while (!_stopped.IsSet)
        {
            try
            {
                return listener.Accept();
            }
            catch (NativeError)
            {
                // Out of descriptors: those that wait are served once others have left.
                _stopped.Wait(RetryPause);
            }
        }

        return null;
    }
}
