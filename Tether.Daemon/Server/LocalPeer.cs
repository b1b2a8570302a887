using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tether.Daemon.Native;

namespace Tether.Daemon.Server;

/// <summary>Marks a connection that came by the Unix socket from a process of this user.</summary>
/// <param name="ProcessId">Who connected.</param>
internal sealed record LocalPeer(int ProcessId)
{
    /// <summary>Who is at the other end of a Unix socket; null when the kernel does not tell.</summary>
    public static unsafe Libc.Credentials? Of(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[sizeof(Libc.Credentials)];
        return socket.GetRawSocketOption(Libc.SOL_SOCKET, Libc.SO_PEERCRED, credentials) == credentials.Length
            ? MemoryMarshal.Read<Libc.Credentials>(credentials)
            : null;
    }
}
