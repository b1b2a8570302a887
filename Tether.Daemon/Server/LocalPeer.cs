using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tether.Daemon.Native;

namespace Tether.Daemon.Server;

/// <summary>Marks a connection that came by the Unix socket from a process of this user.</summary>
internal sealed class LocalPeer
{
    private LocalPeer()
    {
    }

    public static LocalPeer Mark { get; } = new();

    public static unsafe uint UserOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[sizeof(Libc.Credentials)];
        return socket.GetRawSocketOption(Libc.SOL_SOCKET, Libc.SO_PEERCRED, credentials) == credentials.Length
            ? MemoryMarshal.Read<Libc.Credentials>(credentials).UserId
            : uint.MaxValue;
    }
}
