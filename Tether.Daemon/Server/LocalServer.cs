using Tether.Daemon.Native;

namespace Tether.Daemon.Server;

/// <summary>The local socket: a thread accepts, each client has a thread of its own.</summary>
internal sealed class LocalServer(string path, UnixSocket listener, IClientHandler handler)
{
    private const int StackSize = 256 * 1024;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    // Never set: it is only waited for.
    private readonly ManualResetEventSlim _outOfDescriptors = new();

    public static LocalServer Listen(string path, IClientHandler handler) => new(path, UnixSocket.Listen(path), handler);

    public void Start() => new Thread(Accept, StackSize) { Name = "local accept", IsBackground = true }.Start();

    /// <summary>Takes the socket away, so that the next client finds nobody instead of waiting.</summary>
    public void Stop()
    {
        File.Delete(path);
        listener.Shutdown();
    }

    private void Accept()
    {
        while (AcceptOne() is { } socket)
        {
            // The folder is closed to others already; this holds even where somebody opened it.
            if (socket.Peer().UserId != Libc.getuid())
            {
                socket.Dispose();
                continue;
            }

            var connection = new LocalConnection(socket, handler);
            try
            {
                new Thread(connection.Run, StackSize) { Name = "local client", IsBackground = true }.Start();
            }
            catch (OutOfMemoryException)
            {
                // The limit on threads: this client finds nobody, the daemon and the others go on.
                socket.Dispose();
                _outOfDescriptors.Wait(RetryPause);
            }
        }
    }

    private UnixSocket? AcceptOne()
    {
        while (true)
        {
            try
            {
                return listener.Accept();
            }
            catch (NativeError)
            {
                // Out of descriptors: those that wait are served once others have left.
                _outOfDescriptors.Wait(RetryPause);
            }
        }
    }
}
