using Tether.Daemon.Native;

namespace Tether.Daemon.Server;

/// <summary>The file of a Unix socket, which outlives whoever listened there.</summary>
internal static class SocketFile
{
    /// <summary>
    /// Listens at a path, readable by its user alone, in place of a file that nobody serves any more. The file appears under its name when
    /// it can be connected to, not before.
    /// </summary>
    /// <exception cref="IOException">Somebody listens there.</exception>
    public static UnixSocket Listen(string path)
    {
        if (IsServed(path))
        {
            throw new IOException("another process listens there");
        }

        var unnamed = path + ".new";
        var listener = UnixSocket.Listen(unnamed);
        try
        {
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
        using var socket = UnixSocket.Connect(path);
        return socket is not null;
    }
}
