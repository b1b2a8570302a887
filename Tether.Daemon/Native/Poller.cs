using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tether.Daemon.Native;

/// <summary>What a descriptor is ready for; <see cref="Token"/> is the number it was added with.</summary>
internal readonly record struct Readiness(int Token, bool CanRead, bool CanWrite, bool HungUp);

/// <summary>One epoll instance, used by one thread.</summary>
internal sealed unsafe class Poller : IDisposable
{
    private const int MaxEvents = 16;

    // struct epoll_event is packed on x64 only.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - 8;

    private readonly int _epoll = NativeError.Check(Libc.epoll_create1(Libc.EPOLL_CLOEXEC), "epoll_create1");
    private readonly byte[] _events = new byte[MaxEvents * 16];

    public void Add(int fd, int token, bool read, bool write) => Control(Libc.EPOLL_CTL_ADD, fd, token, read, write);

    public void Change(int fd, int token, bool read, bool write) => Control(Libc.EPOLL_CTL_MOD, fd, token, read, write);

    /// <summary>Forgets a descriptor; one that is closed already is no error.</summary>
    public void Remove(int fd) => _ = Libc.epoll_ctl(_epoll, Libc.EPOLL_CTL_DEL, fd, null);

    /// <summary>Waits until something is ready or the time is over; -1 waits for ever. Returns how many entries of the span are filled.</summary>
    public int Wait(Span<Readiness> ready, int milliseconds)
    {
        int count;
        fixed (byte* events = _events)
        {
            count = Libc.epoll_wait(_epoll, events, Math.Min(ready.Length, MaxEvents), milliseconds);
        }

        if (count < 0)
        {
            return Marshal.GetLastPInvokeError() == Libc.EINTR ? 0 : throw NativeError.Last("epoll_wait");
        }

        for (var i = 0; i < count; i++)
        {
            var entry = _events.AsSpan(i * EventSize, EventSize);
            var flags = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            ready[i] = new Readiness(
                BinaryPrimitives.ReadInt32LittleEndian(entry[DataOffset..]),
                (flags & Libc.EPOLLIN) != 0,
                (flags & Libc.EPOLLOUT) != 0,
                (flags & (Libc.EPOLLHUP | Libc.EPOLLERR)) != 0);
        }

        return count;
    }

    public void Dispose() => _ = Libc.close(_epoll);

    private void Control(int operation, int fd, int token, bool read, bool write)
    {
        Span<byte> entry = stackalloc byte[16];
        entry.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(entry, (read ? Libc.EPOLLIN : 0) | (write ? Libc.EPOLLOUT : 0));
        BinaryPrimitives.WriteInt32LittleEndian(entry[DataOffset..], token);
        fixed (byte* pointer = entry)
        {
            NativeError.Check(Libc.epoll_ctl(_epoll, operation, fd, pointer), "epoll_ctl");
        }
    }
}
