using System.Net.Sockets;

namespace Tether.Daemon.Server;

/// <summary>The file of a Unix socket, which outlives whoever listened there.</summary>
internal static class SocketFile
{
    /// <summary>Moves a listening socket to where it is looked for, in one step and readable by its user alone.</summary>
    /// <exception cref="IOException">Somebody listens there.</exception>
    public static void Publish(string from, string to)
    {
        File.SetUnixFileMode(from, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (IsServed(to))
        {
            throw new IOException("another process listens there");
        }

        File.Move(from, to, overwrite: true);
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
