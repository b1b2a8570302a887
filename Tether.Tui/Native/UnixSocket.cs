using System.Runtime.InteropServices;
using System.Text;

namespace Tether.Tui.Native;

/// <summary>Connects a Unix socket and sends over it, with descriptors where wanted. System.Net.Sockets would cost the start 10 ms.</summary>
internal static unsafe class UnixSocket
{
    // sun_path begins behind the family; macOS keeps a length byte before a one-byte family.
    private const int PathOffset = 2;
    private const int MaxAddress = 110;

    /// <summary>The connected socket, or -1 when nobody listens there.</summary>
    public static int TryConnect(string path)
    {
        var type = OperatingSystem.IsMacOS() ? LibC.Stream : LibC.StreamCloseOnExecLinux;
        var descriptor = NativeException.Check(LibC.socket(LibC.UnixFamily, type, 0), "socket");
        var address = stackalloc byte[MaxAddress];
        var length = WriteAddress(new Span<byte>(address, MaxAddress), path);
        while (LibC.connect(descriptor, address, (uint)length) != 0)
        {
            if (Marshal.GetLastPInvokeError() != LibC.InterruptedCall)
            {
                Descriptor.Close(descriptor);
                return -1;
            }
        }

        return descriptor;
    }

    /// <summary>Sends everything; the descriptor, if there is one, goes with the first byte. False when the peer is gone.</summary>
    public static bool Send(int socket, ReadOnlySpan<byte> bytes, int descriptor = -1)
    {
        if (descriptor < 0)
        {
            return Descriptor.Write(socket, bytes);
        }

        fixed (byte* start = bytes)
        {
            var sent = SendWithDescriptor(socket, start, bytes.Length, descriptor);
            return sent > 0 && (sent == bytes.Length || Descriptor.Write(socket, bytes[sent..]));
        }
    }

    private static int SendWithDescriptor(int socket, byte* start, int length, int descriptor)
    {
        // cmsghdr: length (size_t; u32 on macOS), level i32, type i32, then the descriptor.
        var headSize = OperatingSystem.IsMacOS() ? 12 : 16;
        var control = stackalloc byte[24];
        new Span<byte>(control, 24).Clear();
        *(uint*)control = (uint)headSize + sizeof(int);
        *(int*)(control + headSize - 8) = LibC.SocketLevel;
        *(int*)(control + headSize - 4) = LibC.PassDescriptors;
        *(int*)(control + headSize) = descriptor;

        var segment = new Segment { Start = start, Length = (nuint)length };
        var message = new MessageHeader
        {
            Segments = &segment,
            SegmentCount = 1,
            ControlBytes = control,
            ControlLength = OperatingSystem.IsMacOS() ? 16u : 24u,
        };
        nint sent;
        do
        {
            sent = LibC.sendmsg(socket, &message, 0);
        }
        while (sent < 0 && Marshal.GetLastPInvokeError() == LibC.InterruptedCall);

        return (int)sent;
    }

    private static int WriteAddress(Span<byte> address, string path)
    {
        address.Clear();
        var length = PathOffset + Encoding.UTF8.GetBytes(path, address[PathOffset..^1]) + 1;
        if (OperatingSystem.IsMacOS())
        {
            address[0] = (byte)length;
            address[1] = LibC.UnixFamily;
        }
        else
        {
            address[0] = LibC.UnixFamily;
        }

        return length;
    }
}
