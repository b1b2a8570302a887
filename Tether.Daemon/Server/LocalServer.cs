using Tether.Daemon.Native;

namespace Tether.Daemon.Server;

/// <summary>The local socket: a thread accepts, each client has a thread of its own.</summary>
internal sealed class LocalServer
{
    private const int StackSize = 256 * 1024;

    private readonly string _path;
    private readonly IClientHandler _handler;
    private readonly Acceptor _acceptor;

    private LocalServer(string path, UnixSocket listener, IClientHandler handler)
    {
        (_path, _handler) = (path, handler);
        _acceptor = new Acceptor("local accept", listener, Serve);
    }

    public static LocalServer Listen(string path, IClientHandler handler) => new(path, UnixSocket.Listen(path), handler);

    public void Start() => _acceptor.Start();

    /// <summary>Takes the socket away, so that the next client finds nobody instead of waiting.</summary>
    public void Stop()
    {
        File.Delete(_path);
        _acceptor.Stop(TimeSpan.Zero);
    }

    private void Serve(UnixSocket socket)
    {
        // The folder is closed to others already; this holds even where somebody opened it.
        if (socket.Peer().UserId != Libc.getuid())
        {
            socket.Dispose();
            return;
        }

        new Thread(new LocalConnection(socket, _handler).Run, StackSize) { Name = "local client", IsBackground = true }.Start();
    }
}
