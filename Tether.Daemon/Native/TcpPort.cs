using System.Net;
using System.Net.Sockets;

namespace Tether.Daemon.Native;

/// <summary>Listens on a port by the C library alone: the framework's sockets take 40 ms of a start, and most daemons never get a client there.</summary>
internal static unsafe class TcpPort
{
    private const int Backlog = 512;

    private const int AF_INET = 2, AF_INET6 = 10, SO_REUSEADDR = 2, IPPROTO_IPV6 = 41, IPV6_V6ONLY = 26;

    // struct sockaddr_in6; sockaddr_in is shorter.
    private const int LongestAddress = 28;

    /// <summary>The descriptor of a socket that listens there; on `::` for IPv4 too.</summary>
    /// <exception cref="NativeError">It cannot: `EADDRINUSE` when another program does.</exception>
    public static int Listen(IPEndPoint point)
    {
        var isSix = point.AddressFamily == AddressFamily.InterNetworkV6;
        var fd = NativeError.Check(Libc.socket(isSix ? AF_INET6 : AF_INET, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0), "socket");
        try
        {
            Set(fd, Libc.SOL_SOCKET, SO_REUSEADDR, 1);
            if (isSix)
            {
                Set(fd, IPPROTO_IPV6, IPV6_V6ONLY, point.Address.Equals(IPAddress.IPv6Any) ? 0 : 1);
            }

            var address = stackalloc byte[LongestAddress];
            NativeError.Check(Libc.bind(fd, address, Write(point, new Span<byte>(address, LongestAddress))), $"bind {point}");
            NativeError.Check(Libc.listen(fd, Backlog), $"listen {point}");
            return fd;
        }
        catch (NativeError)
        {
            _ = Libc.close(fd);
            throw;
        }
    }

    private static void Set(int fd, int level, int option, int value) =>
        NativeError.Check(Libc.setsockopt(fd, level, option, &value, sizeof(int)), "setsockopt");

    // Family (native), port (network order), then four bytes of address; or of flow, sixteen of address and four of scope. Returns the length.
    private static uint Write(IPEndPoint point, Span<byte> address)
    {
        address.Clear();
        var bytes = point.Address.GetAddressBytes();
        var isSix = bytes.Length == 16;
        address[0] = isSix ? (byte)AF_INET6 : (byte)AF_INET;
        address[2] = (byte)(point.Port >> 8);
        address[3] = (byte)point.Port;
        bytes.CopyTo(address[(isSix ? 8 : 4)..]);
        if (isSix)
        {
            BitConverter.TryWriteBytes(address[24..], (uint)point.Address.ScopeId);
        }

        return isSix ? LongestAddress : 16u;
    }
}
