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
            segment.Append(Magic);
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

    /// <summary>Appends whole records. On failure the file is as it was before.</summary>
    /// <exception cref="NativeError">The disk is full or failed.</exception>
    public void Append(ReadOnlySpan<byte> records)
    {
        fixed (byte* start = records)
        {
            for (var written = 0; written < records.Length;)
            {
                var count = Libc.write(_fd, start + written, records.Length - written);
                if (count < 0)
                {
                    if (Marshal.GetLastPInvokeError() == Libc.EINTR)
                    {
                        continue;
                    }

                    var error = NativeError.Last($"write {Path}");
                    TakeBack();
                    throw error;
                }

                written += (int)count;
            }
        }

        _length += records.Length;
    }

    /// <summary>One record with its head.</summary>
    public static byte[] Record(JournalRecordKind kind, long offset, long time, ReadOnlySpan<byte> payload)
    {
        var record = new byte[JournalRecord.HeadSize + payload.Length];
        new JournalRecord(kind, payload.Length, offset, time).WriteHead(record);
        payload.CopyTo(record.AsSpan(JournalRecord.HeadSize));
        return record;
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

    private void TakeBack()
    {
        _ = Libc.ftruncate(_fd, _length);
        _ = Libc.lseek(_fd, _length, 0);
    }
}
