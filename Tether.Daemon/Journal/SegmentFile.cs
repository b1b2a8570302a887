using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Tether.Daemon.Native;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Journal;

/// <summary>
/// One file of a journal that is being written: 8 bytes of magic, then records (<see cref="JournalRecord"/>), the first of which is a checkpoint.
/// Its name is the output offset at which it begins, as 16 hexadecimal digits.
/// </summary>
internal sealed unsafe class SegmentFile : IDisposable
{
    public const string Extension = ".seg";

    private readonly int _fd;
    private long _length;

    private SegmentFile(string path, int fd, long length)
    {
        Path = path;
        _fd = fd;
        _length = length;
    }

    public static ReadOnlySpan<byte> Magic => "TETHRJ1\n"u8;

    public string Path { get; }

    /// <summary>Begins a new segment, in place of one of the same offset that has no output yet.</summary>
    /// <exception cref="NativeError">The disk is full, or the folder may not be written.</exception>
    public static SegmentFile Create(string directory, long offset)
    {
        var path = System.IO.Path.Combine(directory, offset.ToString("x16", CultureInfo.InvariantCulture) + Extension);
        DeleteIfThere(path);
        var segment = new SegmentFile(path, NativeError.Check(Libc.open(path, Libc.O_RDWR | Libc.O_CREAT | Libc.O_CLOEXEC, 0x180), $"open {path}"), 0);
        try
        {
            fixed (byte* magic = Magic)
            {
                var vector = new Libc.IoVector { Base = magic, Length = Magic.Length };
                segment.Write(&vector, 1, Magic.Length);
            }

            return segment;
        }
        catch (NativeError)
        {
            segment.Dispose();
            DeleteIfThere(path);
            throw;
        }
    }

    /// <summary>Goes on with a segment that another daemon left, behind its last whole record.</summary>
    public static SegmentFile Open(string path, long length)
    {
        var fd = NativeError.Check(Libc.open(path, Libc.O_RDWR | Libc.O_CLOEXEC, 0), $"open {path}");
        _ = Libc.ftruncate(fd, length);
        _ = Libc.lseek(fd, length, 0);
        return new SegmentFile(path, fd, length);
    }

    /// <summary>The offset that a segment's name tells; false for any other file.</summary>
    public static bool TryParseName(string path, out long offset) =>
        long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out offset)
        && System.IO.Path.GetExtension(path) == Extension;

    /// <summary>Appends one whole record. On failure the file is as it was before.</summary>
    /// <param name="first">The payload, or its part before the ring's edge.</param>
    /// <param name="second">Its part behind the edge.</param>
    /// <exception cref="NativeError">The disk is full or failed.</exception>
    public void Append(in JournalRecord record, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default)
    {
        Span<byte> head = stackalloc byte[JournalRecord.HeadSize];
        record.WriteHead(head);
        fixed (byte* headStart = head, firstStart = first, secondStart = second)
        {
            var vectors = stackalloc Libc.IoVector[3];
            vectors[0] = new Libc.IoVector { Base = headStart, Length = head.Length };
            vectors[1] = new Libc.IoVector { Base = firstStart, Length = first.Length };
            vectors[2] = new Libc.IoVector { Base = secondStart, Length = second.Length };
            Write(vectors, 3, head.Length + first.Length + second.Length);
        }
    }

    /// <summary>Appends whole records, all or none.</summary>
    /// <exception cref="NativeError">The disk is full or failed.</exception>
    public void Append(ReadOnlySpan<byte> records)
    {
        fixed (byte* start = records)
        {
            var vector = new Libc.IoVector { Base = start, Length = records.Length };
            Write(&vector, 1, records.Length);
        }
    }

    /// <summary>The payload of a Resize record, and the first four bytes of a checkpoint's.</summary>
    public static void WriteSize(Span<byte> destination, int columns, int rows)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)columns);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], (ushort)rows);
    }

    public void Dispose() => _ = Libc.close(_fd);

    private static void DeleteIfThere(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    // A regular file takes everything or says why not; a write that was cut short says why at the next try.
    private void Write(Libc.IoVector* vectors, int count, int length)
    {
        while (length > 0)
        {
            var written = (int)Libc.writev(_fd, vectors, count);
            if (written < 0)
            {
                if (Marshal.GetLastPInvokeError() == Libc.EINTR)
                {
                    continue;
                }

                var error = NativeError.Last($"write {Path}");
                _ = Libc.ftruncate(_fd, _length);
                _ = Libc.lseek(_fd, _length, 0);
                throw error;
            }

            length -= written;
            while (count > 0 && written >= vectors->Length)
            {
                written -= (int)vectors->Length;
                vectors++;
                count--;
            }

            if (count > 0)
            {
                vectors->Base = (byte*)vectors->Base + written;
                vectors->Length -= written;
            }
            else
            {
                break;
            }
        }

        _length = Libc.lseek(_fd, 0, 1);
    }
}
