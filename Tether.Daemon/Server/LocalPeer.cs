using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Native;

namespace Tether.Daemon.Server;

/// <summary>Marks a connection that came by the Unix socket from a process of the same user.</summary>
internal sealed class LocalPeer
{
    private static readonly LocalPeer Mark = new();

    private LocalPeer()
    {
    }

    /// <summary>Lets only processes of this user through.</summary>
    public static ConnectionDelegate Check(ConnectionDelegate next, ILogger log) => connection =>
    {
        var owner = Libc.getuid();
        var user = connection.Features.Get<IConnectionSocketFeature>() is { } feature ? UserOf(feature.Socket) : uint.MaxValue;
        if (user != owner)
        {
            log.PeerRefused(user, owner);
            connection.Abort();
            return Task.CompletedTask;
        }

        connection.Features.Set(Mark);
        return next(connection);
    };

    private static unsafe uint UserOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[sizeof(Libc.Credentials)];
        return socket.GetRawSocketOption(Libc.SOL_SOCKET, Libc.SO_PEERCRED, credentials) == credentials.Length
            ? MemoryMarshal.Read<Libc.Credentials>(credentials).UserId
            : uint.MaxValue;
    }
}
