using System.Runtime.InteropServices;
using System.Text;

namespace Tether.Tui.Native;

/// <summary>Reading, writing and closing of plain descriptors; interrupted calls are repeated.</summary>
internal static unsafe class Descriptor
{
    /// <summary>Bytes read; 0 at the end, -1 when nothing is there now.</summary>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var count = LibC.read(descriptor, start, (nuint)buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case LibC.InterruptedCall: continue;
                    case var error when IsTryAgain(error): return -1;
                    // A terminal that hung up reads as EIO, a socket whose peer was killed as ECONNRESET: both are ends.
                    default: return 0;
                }
            }
        }
    }

    /// <summary>Writes everything. False when the other side is gone.</summary>
    public static bool Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (var done = 0; done < bytes.Length;)
            {
                var count = LibC.write(descriptor, start + done, (nuint)(bytes.Length - done));
                if (count > 0)
                {
                    done += (int)count;
                    continue;
                }

                var error = Marshal.GetLastPInvokeError();
                if (IsTryAgain(error))
                {
                    Poller.WaitWritable(descriptor);
                }
                else if (error != LibC.InterruptedCall)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Writes what is taken now: how many bytes, 0 when none; -1 when the other side is gone.</summary>
    public static int TryWrite(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                var count = LibC.write(descriptor, start, (nuint)bytes.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case LibC.InterruptedCall: continue;
                    case var error when IsTryAgain(error): return 0;
                    default: return -1;
                }
            }
        }
    }

    public static void Close(int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = LibC.close(descriptor);
        }
    }

    /// <summary>A pipe for waking a loop or for a child; both ends.</summary>
    public static (int Read, int Write) Pipe()
    {
        var ends = stackalloc int[2];
        NativeException.Check(LibC.pipe(ends), "pipe");
        return (ends[0], ends[1]);
    }

    /// <summary>Opens a terminal by its name as a description of its own; -1 when that is not allowed.</summary>
    public static int OpenTerminal(string path)
    {
        var flags = OperatingSystem.IsMacOS()
            ? LibC.NoControllingTerminalMac | LibC.CloseOnExecMac | LibC.NonBlockingMac
            : LibC.NoControllingTerminalLinux | LibC.CloseOnExecLinux | LibC.NonBlockingLinux;
        var name = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, name);
        fixed (byte* start = name)
        {
            return LibC.open_linux(start, LibC.ReadWrite | flags, 0);
        }
    }

    private static bool IsTryAgain(int error) => error == (OperatingSystem.IsMacOS() ? 35 : LibC.TryAgain);
}
