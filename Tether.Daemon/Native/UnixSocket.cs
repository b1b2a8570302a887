using System.Runtime.InteropServices;
using System.Text;

namespace Tether.Daemon.Native;

/// <summary>
/// A blocking Unix stream socket that can carry descriptors (SCM_RIGHTS), which the framework's own sockets cannot.
/// One thread receives; sending is the caller's to serialise.
/// </summary>
internal sealed unsafe class UnixSocket : IDisposable
{
    // struct cmsghdr (16 bytes on 64-bit Linux) and one int, padded to 8.
    private const int ControlSize = 24;

    // Unpadded: in the padding a second descriptor would find room, and nobody would ever close it.
    private const int ControlLength = 16 + sizeof(int);

    private int _fd;

    private UnixSocket(int fd) => _fd = fd;

    public int Descriptor => _fd;

    /// <summary>Binds and listens with mode 0600, replacing a socket file that nobody serves any more.</summary>
    public static UnixSocket Listen(string path)
    {
        var socket = new UnixSocket(NativeError.Check(Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0), "socket"));
        try
        {
            File.Delete(path);
            fixed (byte* address = Address(path))
            {
                NativeError.Check(Libc.bind(socket._fd, address, AddressLength(path)), $"bind {path}");
            }

            NativeError.Check(Libc.chmod(path, 0x180), $"chmod {path}");
            NativeError.Check(Libc.listen(socket._fd, 128), "listen");
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A stream socket of any family that was made elsewhere; its descriptor belongs to this from now on.</summary>
    public static UnixSocket Own(int descriptor) => new(descriptor);

    /// <summary>A connection, or null when nobody listens there.</summary>
    public static UnixSocket? Connect(string path)
    {
        var fd = NativeError.Check(Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0), "socket");
        fixed (byte* address = Address(path))
        {
            if (Libc.connect(fd, address, AddressLength(path)) == 0)
            {
                return new UnixSocket(fd);
            }
        }

        _ = Libc.close(fd);
        return null;
    }

    /// <summary>The next connection; null once the socket is shut down.</summary>
    public UnixSocket? Accept()
    {
        while (true)
        {
            var fd = Libc.accept4(_fd, null, null, Libc.SOCK_CLOEXEC);
            if (fd >= 0)
            {
                return new UnixSocket(fd);
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Libc.EINTR or 103 /* ECONNABORTED */:
                    continue;
                case Libc.EINVAL or Libc.EBADF:
                    return null;
                default:
                    // Out of descriptors or memory: later perhaps.
                    throw NativeError.Last("accept4");
            }
        }
    }

    /// <summary>Who is at the other end.</summary>
    public Libc.Credentials Peer()
    {
        Libc.Credentials credentials;
        var length = (uint)sizeof(Libc.Credentials);
        NativeError.Check(Libc.getsockopt(_fd, Libc.SOL_SOCKET, Libc.SO_PEERCRED, &credentials, &length), "getsockopt SO_PEERCRED");
        return credentials;
    }

    /// <summary>Sends everything, a descriptor with the first byte. False when the other end is gone.</summary>
    public bool Send(ReadOnlySpan<byte> bytes, int descriptor = -1)
    {
        var control = stackalloc byte[ControlSize];
        fixed (byte* start = bytes)
        {
            for (var sent = 0; sent < bytes.Length;)
            {
                var vector = new Libc.IoVector { Base = start + sent, Length = bytes.Length - sent };
                var header = new Libc.MessageHeader { Vectors = &vector, VectorCount = 1 };
                if (descriptor >= 0 && sent == 0)
                {
                    *(nint*)control = ControlLength;
                    *(int*)(control + 8) = Libc.SOL_SOCKET;
                    *(int*)(control + 12) = Libc.SCM_RIGHTS;
                    *(int*)(control + 16) = descriptor;
                    header.Control = control;
                    header.ControlLength = ControlSize;
                }

                var count = Libc.sendmsg(_fd, &header, Libc.MSG_NOSIGNAL);
                if (count < 0 && Marshal.GetLastPInvokeError() != Libc.EINTR)
                {
                    return false;
                }

                sent += (int)Math.Max(count, 0);
            }
        }

        return true;
    }

    /// <summary>Sends what the socket takes without waiting; -1 when the other end is gone or nothing fits.</summary>
    public int SendNow(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var sent = 0;
            while (sent < bytes.Length)
            {
                var vector = new Libc.IoVector { Base = start + sent, Length = bytes.Length - sent };
                var header = new Libc.MessageHeader { Vectors = &vector, VectorCount = 1 };
                var count = (int)Libc.sendmsg(_fd, &header, Libc.MSG_NOSIGNAL | Libc.MSG_DONTWAIT);
                if (count < 0)
                {
                    if (Marshal.GetLastPInvokeError() == Libc.EINTR)
                    {
                        continue;
                    }

                    return sent == 0 ? -1 : sent;
                }

                sent += count;
            }

            return sent;
        }
    }

    /// <summary>Fills the span. False when the other end is gone. A descriptor that came along replaces <paramref name="descriptor"/>.</summary>
    public bool Receive(Span<byte> bytes, ref int descriptor)
    {
        var control = stackalloc byte[ControlSize];
        fixed (byte* start = bytes)
        {
            for (var received = 0; received < bytes.Length;)
            {
                var vector = new Libc.IoVector { Base = start + received, Length = bytes.Length - received };
                var header = new Libc.MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlLength };
                var count = Libc.recvmsg(_fd, &header, Libc.MSG_CMSG_CLOEXEC);
                if (count == 0 || (count < 0 && Marshal.GetLastPInvokeError() != Libc.EINTR))
                {
                    return false;
                }

                if (count > 0 && header.ControlLength >= ControlLength && *(int*)(control + 12) == Libc.SCM_RIGHTS)
                {
                    if (descriptor >= 0)
                    {
                        _ = Libc.close(descriptor);
                    }

                    descriptor = *(int*)(control + 16);
                }

                received += (int)Math.Max(count, 0);
            }
        }

        return true;
    }

    /// <summary>Wakes whoever receives or accepts; the descriptor stays until <see cref="Dispose"/>.</summary>
    public void Shutdown() => _ = Libc.shutdown(_fd, Libc.SHUT_RDWR);

    /// <summary>The descriptor, which is the caller's from now on.</summary>
    public int TakeDescriptor() => Interlocked.Exchange(ref _fd, -1);

    public void Dispose()
    {
        if (TakeDescriptor() is var fd and >= 0)
        {
            _ = Libc.close(fd);
        }
    }

    private static uint AddressLength(string path) => (uint)(2 + Encoding.UTF8.GetByteCount(path) + 1);

    private static byte[] Address(string path)
    {
        var address = new byte[110];
        address[0] = Libc.AF_UNIX;
        var length = Encoding.UTF8.GetByteCount(path);
        if (length > 107)
        {
            throw new IOException($"{path} is too long for a Unix socket ({length} bytes, at most 107)");
        }

        Encoding.UTF8.GetBytes(path, address.AsSpan(2));
        return address;
    }
}
