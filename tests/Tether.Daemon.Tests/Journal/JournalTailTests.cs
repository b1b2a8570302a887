using System.Buffers.Binary;
using Tether.Daemon.Journal;
using Xunit;

namespace Tether.Daemon.Tests.Journal;

public sealed unsafe class JournalTailTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private string TailPath => _scratch.File("tail");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void What_was_committed_is_there_for_the_next_daemon()
    {
        using (var tail = JournalTail.Create(TailPath))
        {
            Put(tail, "hello"u8, commit: true);
            (tail.Flushed, tail.Answered, tail.Size) = (2, 3, (120, 40));
        }

        using var found = JournalTail.Open(TailPath)!;
        Assert.Equal("hello"u8, found.Read(0, found.Committed));
        Assert.Equal((2L, 3L, (120, 40), 7L), (found.Flushed, found.Answered, found.Size, found.LastTime));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(JournalTail.Capacity - 100)]
    [InlineData(JournalTail.Capacity - JournalTail.ReadSize)]
    [InlineData(3 * JournalTail.Capacity - 1)]
    public void A_read_that_was_never_committed_is_found_whatever_its_length(int offset)
    {
        int[] counts = [0, 1, 2, 3, 63, 64, 65, 100, 4095, 4096, 4097, JournalTail.ReadSize - 1, JournalTail.ReadSize];
        foreach (var count in counts)
        {
            int kept;
            using (var tail = JournalTail.Create(TailPath))
            {
                Fill(tail, offset);
                tail.Flushed = offset;
                tail.Reserve(out var room);
                kept = Math.Min(count, room);
                Put(tail, Bytes(kept, offset), commit: false);
            }

            using (var found = JournalTail.Open(TailPath)!)
            {
                Assert.Equal(offset + kept, found.Committed);
                Assert.Equal(Bytes(kept, offset), Read(found, offset, found.Committed));
            }

            File.Delete(TailPath);
        }
    }

    [Fact]
    public void A_byte_0xff_is_found_too_unless_it_is_the_last_of_an_uncommitted_read()
    {
        using (var tail = JournalTail.Create(TailPath))
        {
            Put(tail, [1, 0xff, 0xff, 2, 0xff], commit: false);
        }

        using var found = JournalTail.Open(TailPath)!;
        Assert.Equal(4, found.Committed);
    }

    [Fact]
    public void The_newest_part_can_be_read_around_the_rings_edge()
    {
        using var tail = JournalTail.Create(TailPath);
        var random = new Random(1);
        while (tail.Committed < 10 * JournalTail.Capacity)
        {
            tail.Reserve(out var room);
            Put(tail, Bytes(random.Next(1, room + 1), tail.Committed), commit: true);
        }

        Assert.True(tail.Committed - tail.Oldest >= JournalTail.Capacity - JournalTail.ReadSize);
        Assert.Equal(Bytes((int)(tail.Committed - tail.Oldest), tail.Oldest), Read(tail, tail.Oldest, tail.Committed));
    }

    [Fact]
    public void A_read_never_goes_over_the_rings_edge()
    {
        using var tail = JournalTail.Create(TailPath);
        Fill(tail, JournalTail.Capacity - 3);
        tail.Reserve(out var room);
        Assert.Equal(3, room);
    }

    [Fact]
    public void A_tail_can_go_on_at_any_offset()
    {
        using (var tail = JournalTail.CreateAt(TailPath, 1_000_000_007))
        {
            Assert.Equal((1_000_000_007L, 1_000_000_007L), (tail.Oldest, tail.Committed));
            Put(tail, "abc"u8, commit: false);
        }

        using var found = JournalTail.Open(TailPath)!;
        Assert.Equal("abc"u8, found.Read(1_000_000_007, found.Committed));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(8, 4096)]
    [InlineData(16, -1)]
    [InlineData(24, -1)]
    [InlineData(24, 6)]
    [InlineData(32, -5)]
    [InlineData(32, 6)]
    public void A_damaged_header_is_no_tail(int at, long value)
    {
        using (var tail = JournalTail.Create(TailPath))
        {
            Put(tail, "hello"u8, commit: true);
        }

        using (var file = File.OpenWrite(TailPath))
        {
            var field = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(field, value);
            file.Position = at;
            file.Write(field);
        }

        Assert.Null(JournalTail.Open(TailPath));
    }

    [Fact]
    public void A_short_file_is_no_tail_and_neither_is_none()
    {
        Assert.Null(JournalTail.Open(TailPath));
        File.WriteAllBytes(TailPath, new byte[4096]);
        Assert.Null(JournalTail.Open(TailPath));
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        JournalTail.Create(TailPath).Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(TailPath));
    }

    private static void Fill(JournalTail tail, long offset)
    {
        while (tail.Committed < offset)
        {
            tail.Reserve(out var room);
            Put(tail, Bytes((int)Math.Min(room, offset - tail.Committed), tail.Committed), commit: true);
        }
    }

    private static void Put(JournalTail tail, ReadOnlySpan<byte> bytes, bool commit)
    {
        bytes.CopyTo(new Span<byte>(tail.Reserve(out var room), room));
        if (commit)
        {
            tail.Commit(bytes.Length, 7);
        }
    }

    // What stands at each offset; never 0xff.
    private static byte[] Bytes(int count, long offset) => [.. Enumerable.Range(0, count).Select(i => (byte)((offset + i) * 31 % 251))];

    private static byte[] Read(JournalTail tail, long offset, long end)
    {
        var all = new List<byte>();
        while (offset < end)
        {
            var piece = tail.Read(offset, end);
            all.AddRange(piece);
            offset += piece.Length;
        }

        return [.. all];
    }
}
