using System.Buffers.Binary;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Journal;

/// <summary>A segment found on disk: where it begins in the output.</summary>
internal readonly record struct StoredSegment(string Path, long Offset);

/// <summary>Reads journals back from disk. Any thread may; a segment that retention deletes meanwhile is skipped.</summary>
internal static class JournalReader
{
    /// <summary>Gets one whole record; false ends the reading.</summary>
    public delegate bool RecordVisitor(in JournalRecord record, ReadOnlySpan<byte> payload);

    /// <summary>The segments of a journal, oldest first.</summary>
    public static List<StoredSegment> Segments(string directory)
    {
        var segments = new List<StoredSegment>();
        if (Directory.Exists(directory))
        {
            foreach (var path in Directory.EnumerateFiles(directory, "*" + SegmentFile.Extension))
            {
                if (SegmentFile.TryParseName(path, out var offset))
                {
                    segments.Add(new StoredSegment(path, offset));
                }
            }
        }

        segments.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        return segments;
    }

    /// <summary>The segments that hold what comes from <paramref name="from"/> on.</summary>
    public static IEnumerable<StoredSegment> SegmentsFrom(string directory, long from)
    {
        var segments = Segments(directory);
        var first = Math.Max(0, segments.FindLastIndex(segment => segment.Offset <= from));
        return segments.Skip(first);
    }

    /// <summary>Visits the records of one segment until the visitor or the file ends.</summary>
    /// <returns>The length of the file's part that holds whole records; what a crash left behind it is no record.</returns>
    public static long Visit(string path, RecordVisitor visitor)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 256 * 1024);
        }
        catch (FileNotFoundException)
        {
            return 0;
        }

        using (file)
        {
            Span<byte> head = stackalloc byte[JournalRecord.HeadSize];
            var magic = head[..SegmentFile.Magic.Length];
            if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual(SegmentFile.Magic))
            {
                return 0;
            }

            var whole = file.Position;
            var payload = Array.Empty<byte>();
            while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && JournalRecord.TryReadHead(head, out var record))
            {
                if (payload.Length < record.Length)
                {
                    payload = new byte[Math.Max(record.Length, 128 * 1024)];
                }

                var body = payload.AsSpan(0, record.Length);
                if (file.ReadAtLeast(body, body.Length, throwOnEndOfStream: false) < body.Length)
                {
                    break;
                }

                whole = file.Position;
                if (!visitor(record, body))
                {
                    break;
                }
            }

            return whole;
        }
    }

    /// <summary>Columns and rows at the start of a Resize's or a checkpoint's payload.</summary>
    public static (int Columns, int Rows) ReadSize(ReadOnlySpan<byte> payload) =>
        (BinaryPrimitives.ReadUInt16LittleEndian(payload), BinaryPrimitives.ReadUInt16LittleEndian(payload[2..]));
}
