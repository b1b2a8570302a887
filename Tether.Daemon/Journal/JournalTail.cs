using Tether.Daemon.Native;

namespace Tether.Daemon.Journal;

/// <summary>
/// The newest part of a session's output: a ring in a file that is mapped into memory. The kernel copies the pty's bytes straight into it,
/// so that from the moment read(2) returns they survive the daemon's death, without a write of their own. Owned by the session's thread.
/// </summary>
/// <remarks>
/// File: a page of header, then <see cref="Capacity"/> bytes of ring; output offset n stands at ring position n % capacity.
/// <code>
/// 0  magic      u64
/// 8  capacity   i64
/// 16 committed  i64  output offset after the last byte taken
/// 24 flushed    i64  output offset up to which the segments have it
/// 32 answered   i64  output offset up to which the program's queries have been answered
/// 40 time       i64  of the last commit, microseconds since 1970
/// 48 columns    u16  the pty's size now
/// 50 rows       u16
/// </code>
/// A daemon killed between the kernel's copy and the new <c>committed</c> would lose those bytes. So the <see cref="ReadSize"/> bytes behind
/// <c>committed</c> always hold <see cref="Poison"/>, a byte that no UTF-8 text contains: what a dead daemon's last read put over it is found
/// there and counted in (only 0xFF bytes at the very end of such a read would be missed).
/// </remarks>
internal sealed unsafe class JournalTail : IDisposable
{
    /// <summary>The most one read may take. A pty gives at most 4 KiB at a time.</summary>
    public const int ReadSize = 8 * 1024;

    public const int Capacity = 128 * 1024;

    private const int HeaderSize = 4096;
    private const ulong Magic = 0x0031_4C49_4154_4854;
    private const byte Poison = 0xff;

    private readonly byte* _map;
    private long _first;

    private JournalTail(byte* map) => _map = map;

    private byte* Ring => _map + HeaderSize;

    /// <summary>The output offset after the last byte taken.</summary>
    public long Committed { get => Field(16); private set => Volatile.Write(ref *(long*)(_map + 16), value); }

    /// <summary>The oldest output offset that is still here.</summary>
    public long Oldest => Math.Max(_first, Committed + ReadSize - Capacity);

    public long Flushed { get => Field(24); set => Volatile.Write(ref *(long*)(_map + 24), value); }

    public long Answered { get => Field(32); set => Volatile.Write(ref *(long*)(_map + 32), value); }

    /// <summary>When the last byte was taken, in microseconds since 1970.</summary>
    public long LastTime { get => Field(40); private set => *(long*)(_map + 40) = value; }

    public (int Columns, int Rows) Size
    {
        get => (*(ushort*)(_map + 48), *(ushort*)(_map + 50));
        set => (*(ushort*)(_map + 48), *(ushort*)(_map + 50)) = ((ushort)value.Columns, (ushort)value.Rows);
    }

    /// <summary>Makes the tail of a new session; every block of it is allocated now, so that a full disk cannot fault later.</summary>
    /// <param name="path">Null keeps it in memory only, for a disk that is full already.</param>
    /// <exception cref="NativeError">The file could not be made.</exception>
    public static JournalTail Create(string? path)
    {
        var tail = new JournalTail(path is null ? Map(-1) : MapNew(path));
        *(ulong*)tail._map = Magic;
        *(long*)(tail._map + 8) = Capacity;
        new Span<byte>(tail.Ring, ReadSize).Fill(Poison);
        return tail;
    }

    /// <summary>Makes a tail that goes on at an offset whose bytes are elsewhere.</summary>
    /// <param name="path">As in <see cref="Create"/>.</param>
    /// <param name="offset">Where it goes on.</param>
    public static JournalTail CreateAt(string? path, long offset)
    {
        var tail = Create(path);
        tail.FillPoison(offset, ReadSize);
        tail.Committed = tail.Flushed = tail.Answered = tail._first = offset;
        return tail;
    }

    /// <summary>Opens the tail that another daemon left and counts in what its last read brought; null when the file is not one.</summary>
    public static JournalTail? Open(string path)
    {
        var fd = Libc.open(path, Libc.O_RDWR | Libc.O_CLOEXEC, 0);
        if (fd < 0)
        {
            return null;
        }

        try
        {
            if (new FileInfo(path).Length != HeaderSize + Capacity)
            {
                return null;
            }

            var tail = new JournalTail(Map(fd));
            if (!tail.IsSound)
            {
                tail.Dispose();
                return null;
            }

            tail.Recover();
            return tail;
        }
        finally
        {
            _ = Libc.close(fd);
        }
    }

    /// <summary>Where the next read may put its bytes, and how many at most.</summary>
    public byte* Reserve(out int room)
    {
        var position = (int)(Committed % Capacity);
        room = Math.Min(ReadSize, Capacity - position);
        return Ring + position;
    }

    /// <summary>The read brought so many bytes.</summary>
    /// <param name="count">At most what <see cref="Reserve"/> allowed.</param>
    /// <param name="time">Microseconds since 1970.</param>
    public void Commit(int count, long time)
    {
        var committed = Committed;
        FillPoison(committed + ReadSize, count);
        LastTime = time;
        Committed = committed + count;
    }

    /// <summary>The bytes from an offset on that stand in one piece; ask again for the rest behind the ring's edge.</summary>
    public ReadOnlySpan<byte> Read(long offset, long end)
    {
        var position = (int)(offset % Capacity);
        return new ReadOnlySpan<byte>(Ring + position, (int)Math.Min(end - offset, Capacity - position));
    }

    public void Dispose() => _ = Libc.munmap(_map, HeaderSize + Capacity);

    // The offsets are used as positions in memory: nonsense in the file must not become one.
    private bool IsSound => *(ulong*)_map == Magic && *(long*)(_map + 8) == Capacity
        && Flushed >= 0 && Flushed <= Committed && Answered >= 0 && Answered <= Committed;

    private long Field(int at) => Volatile.Read(ref *(long*)(_map + at));

    private void FillPoison(long offset, int count)
    {
        var position = (int)(offset % Capacity);
        var first = Math.Min(count, Capacity - position);
        new Span<byte>(Ring + position, first).Fill(Poison);
        new Span<byte>(Ring, count - first).Fill(Poison);
    }

    private void Recover()
    {
        var next = Reserve(out var room);
        var found = new ReadOnlySpan<byte>(next, room).LastIndexOfAnyExcept(Poison) + 1;
        if (found > 0)
        {
            Commit(found, LastTime);
        }
    }

    private static byte* MapNew(string path)
    {
        var fd = NativeError.Check(Libc.open(path, Libc.O_RDWR | Libc.O_CREAT | Libc.O_CLOEXEC, 0x180), $"open {path}");
        try
        {
            NativeError.Check(Libc.ftruncate(fd, HeaderSize + Capacity), $"ftruncate {path}");
            var error = Libc.posix_fallocate(fd, 0, HeaderSize + Capacity);
            return error is 0 or Libc.EOPNOTSUPP or Libc.EINVAL ? Map(fd) : throw new NativeError($"fallocate {path}", error);
        }
        finally
        {
            _ = Libc.close(fd);
        }
    }

    private static byte* Map(int fd)
    {
        var flags = fd < 0 ? Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS : Libc.MAP_SHARED;
        var map = (byte*)Libc.mmap(null, HeaderSize + Capacity, Libc.PROT_READ | Libc.PROT_WRITE, flags, fd, 0);
        return (nint)map != -1 ? map : throw NativeError.Last("mmap");
    }
}
