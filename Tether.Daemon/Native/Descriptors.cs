using System.Runtime.InteropServices;

namespace Tether.Daemon.Native;

/// <summary>Reads and writes on non-blocking terminals.</summary>
internal static unsafe class Descriptors
{
    public static IoOutcome Read(int fd, byte* buffer, int room, out int count)
    {
        while (true)
        {
            var result = (int)Libc.read(fd, buffer, room);
            if (result > 0)
            {
                count = result;
                return IoOutcome.Done;
            }

            count = 0;
            if (result == 0)
            {
                return IoOutcome.HungUp;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Libc.EINTR:
                    continue;
                case Libc.EAGAIN:
                    return IoOutcome.WouldBlock;
                default:
                    // Linux reports EIO, not end of file, once the last process on the pty is gone.
                    return IoOutcome.HungUp;
            }
        }
    }

    /// <summary>Waits until a write may be taken; false when the time is over.</summary>
    public static bool WaitWritable(int fd, long milliseconds)
    {
        var entry = new Libc.PollEntry { Descriptor = fd, Events = Libc.POLLOUT };
        return milliseconds > 0 && Libc.poll(&entry, 1, (int)Math.Min(milliseconds, int.MaxValue)) != 0;
    }

    public static IoOutcome Write(int fd, ReadOnlySpan<byte> bytes, out int count)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                var result = (int)Libc.write(fd, start, bytes.Length);
                if (result >= 0)
                {
                    count = result;
                    return IoOutcome.Done;
                }

                count = 0;
                switch (Marshal.GetLastPInvokeError())
                {
                    case Libc.EINTR:
                        continue;
                    case Libc.EAGAIN:
                        return IoOutcome.WouldBlock;
                    default:
                        return IoOutcome.HungUp;
                }
            }
        }
    }
}
