using System.Net.Sockets;

namespace Tether.Daemon.Server;

/// <summary>The file of a Unix socket, which outlives whoever listened there.</summary>
internal static class SocketFile
{
    /// <summary>
    /// Listens at a path, readable by its user alone, in place of a file that nobody serves any more. The file appears under its name when
    /// it can be connected to, not before.
    /// </summary>
    /// <exception cref="IOException">Somebody listens there.</exception>
    public static Socket Listen(string path)
    {
        if (IsServed(path))
        {
            throw new IOException("another process listens there");
        }

        var unnamed = path + ".new";
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(unnamed);
            listener.Bind(new UnixDomainSocketEndPoint(unnamed));
            File.SetUnixFileMode(unnamed, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen();
            File.Move(unnamed, path, overwrite: true);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Removes the file unless somebody listens there.</summary>
    public static void RemoveStale(string path)
    {
        if (!IsServed(path))
        {
            File.Delete(path);
        }
    }

    private static bool IsServed(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
