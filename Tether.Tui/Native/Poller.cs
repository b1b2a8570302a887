using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tether.Tui.Native;

/// <summary>Waits until descriptors can be read.</summary>
internal static unsafe class Poller
{
    /// <summary>Fills in what is readable (or ended) among the entries. False when the time is over first; -1 waits for ever.</summary>
    public static bool Wait(Span<PollEntry> entries, int milliseconds)
    {
        var started = Stopwatch.GetTimestamp();
        fixed (PollEntry* first = entries)
        {
            while (true)
            {
                var left = milliseconds < 0 ? -1 : Math.Max(0, milliseconds - (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                var count = LibC.poll(first, (nuint)entries.Length, left);
                if (count >= 0)
                {
                    return count > 0;
                }

                if (Marshal.GetLastPInvokeError() != LibC.InterruptedCall)
                {
                    throw new NativeException("poll", Marshal.GetLastPInvokeError());
                }
            }
        }
    }

    /// <summary>True when the descriptor can be read, or has ended, within the time.</summary>
    public static bool WaitReadable(int descriptor, int milliseconds)
    {
        Span<PollEntry> entries = stackalloc PollEntry[1];
        entries[0] = new PollEntry { Descriptor = descriptor, Events = LibC.PollIn };
        return Wait(entries, milliseconds);
    }

    public static void WaitWritable(int descriptor) => WaitWritable(descriptor, -1);

    /// <summary>True when the descriptor takes bytes, or is gone, within the time.</summary>
    public static bool WaitWritable(int descriptor, int milliseconds)
    {
        Span<PollEntry> entries = stackalloc PollEntry[1];
        entries[0] = new PollEntry { Descriptor = descriptor, Events = LibC.PollOut };
        return Wait(entries, milliseconds);
    }
}
