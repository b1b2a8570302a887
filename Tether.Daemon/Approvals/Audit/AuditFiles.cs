using System.Globalization;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Audit;

/// <summary>
/// The log's parts: audit.jsonl, and audit-0000000001.jsonl and so on, named after their first entry, which are full. `audit.head` holds the last number
/// and hash, so that an end that was cut off is seen. <see cref="Append"/>, <see cref="Open"/>, <see cref="Flush"/> and <see cref="WriteHead"/> belong to the log's loop; the rest
/// may be called from any thread.
/// </summary>
internal sealed class AuditFiles(string directory, long rotateAt) : IDisposable
{
    public const long DefaultRotateAt = 16 << 20;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _head = Path.Combine(directory, "audit.head");
    private FileStream? _file;
    private long _length;
    private long _first = 1;
    private long _last;
    private string _hash = AuditLine.NoHash;

    public string Current { get; } = Path.Combine(directory, "audit.jsonl");

    public long LastNumber => Volatile.Read(ref _last);

    /// <summary>Finds the end of what was written.</summary>
    /// <returns>What was moved aside because a write was torn; null when nothing was.</returns>
    public string? Open()
    {
        string? torn = null;
        if (File.Exists(Current))
        {
            var bytes = File.ReadAllBytes(Current);
            var end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
            if (end < bytes.Length)
            {
                torn = MoveAside(bytes, end);
            }
        }

        foreach (var part in Parts().Reverse())
        {
            if (LastOf(part) is { } entry)
            {
                (_last, _hash) = (entry.Number, entry.Hash);
                break;
            }
        }

        _first = FirstOf(Current)?.Number ?? _last + 1;
        return torn;
    }

    /// <returns>The entries with number and hashes.</returns>
    /// <exception cref="IOException">None of them is in the file.</exception>
    public AuditEntry[] Append(IReadOnlyList<AuditEntry> entries)
    {
        var file = _file ??= OpenCurrent();
        if (_length >= rotateAt)
        {
            Rotate();
            file = _file = OpenCurrent();
        }

        var bytes = new MemoryStream();
        var written = new AuditEntry[entries.Count];
        var (number, hash) = (_last, _hash);
        for (var i = 0; i < entries.Count; i++)
        {
            (var line, written[i]) = AuditLine.Write(entries[i], ++number, hash);
            hash = written[i].Hash;
            bytes.Write(line);
        }

        try
        {
            RandomAccess.Write(file.SafeFileHandle, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), _length);
        }
        catch (IOException)
        {
            // A half line would be one that was torn.
            RandomAccess.SetLength(file.SafeFileHandle, _length);
            throw;
        }

        _length += bytes.Length;
        _hash = hash;
        Volatile.Write(ref _last, number);
        return written;
    }

    /// <summary>What was appended goes to the disk itself.</summary>
    public void Flush() => _file?.Flush(flushToDisk: true);

    /// <summary>Writes the last number and hash down.</summary>
    public void WriteHead()
    {
        Policy.WholeFile.Write(_head, System.Text.Encoding.ASCII.GetBytes($"{_last} {_hash}\n"));
    }

    /// <summary>Every whole line as it stands, with its line feed, oldest first; a part at a time is in memory.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        using var parts = AuditParts.Open(Parts);
        foreach (var part in parts.Paths)
        {
            var bytes = parts.Read(part);
            for (int start = 0, end; (end = bytes.AsSpan(start).IndexOf((byte)'\n')) >= 0; start += end + 1)
            {
                yield return bytes.AsMemory(start, end + 1);
            }
        }
    }

    public IReadOnlyList<AuditEntry> Newest(Func<AuditEntry, bool> fits, int limit)
    {
        var found = new List<AuditEntry>();
        using var parts = AuditParts.Open(Parts);
        foreach (var part in parts.Paths.Reverse())
        {
            var bytes = parts.Read(part);
            var end = bytes.AsSpan().LastIndexOf((byte)'\n');
            while (end > 0 && found.Count < limit)
            {
                var start = bytes.AsSpan(0, end).LastIndexOf((byte)'\n') + 1;
                if (AuditLine.Read(bytes.AsSpan(start, end - start)) is { } entry && fits(entry))
                {
                    found.Add(entry);
                }

                end = start - 1;
            }
        }

        found.Reverse();
        return found;
    }

    public AuditCheck Verify()
    {
        // What is written meanwhile is not part of it.
        var upTo = LastNumber;
        long count = 0;
        var previous = AuditLine.NoHash;
        var head = ReadHead();
        using var parts = AuditParts.Open(Parts);
        foreach (var part in parts.Paths)
        {
            var bytes = parts.Read(part);
            var lineNumber = 0;
            for (var start = 0; start < bytes.Length && count < upTo;)
            {
                lineNumber++;
                var length = bytes.AsSpan(start).IndexOf((byte)'\n');
                var line = length < 0 ? bytes.AsSpan(start) : bytes.AsSpan(start, length);
                start += line.Length + 1;
                if (Problem(line, count + 1, previous) is { } problem)
                {
                    return new AuditCheck(count, $"{part}:{lineNumber}: entry {count + 1} {problem}");
                }

                previous = AuditLine.Read(line)!.Hash;
                count++;
                if (head.Number == count && head.Hash != previous)
                {
                    return new AuditCheck(count - 1, $"{part}:{lineNumber}: entry {count} is another one than {_head} knows");
                }
            }
        }

        return count < Math.Max(head.Number, upTo) ? new AuditCheck(count, $"{Current}: ends at entry {count}; there were {Math.Max(head.Number, upTo)}") : new AuditCheck(count, null);
    }

    public void Dispose() => _file?.Dispose();

    private static string? Problem(ReadOnlySpan<byte> line, long number, string previous)
    {
        if (AuditLine.Read(line) is not { } entry || AuditLine.ExpectedHash(line) is not { } hash)
        {
            return "cannot be read";
        }

        return entry.Number != number ? $"is missing: number {entry.Number} stands in its place"
            : entry.Previous != previous ? "does not follow the one before"
            : entry.Hash != hash ? "was changed"
            : null;
    }

    private string MoveAside(byte[] bytes, int end)
    {
        var aside = Path.Combine(directory, $"audit-torn-{DateTimeOffset.UnixEpoch.AddTicks(File.GetLastWriteTimeUtc(Current).Ticks - DateTime.UnixEpoch.Ticks):yyyyMMddHHmmssfff}.txt");
        Policy.WholeFile.Write(aside, bytes.AsSpan(end));
        using var file = new FileStream(Current, FileMode.Open, FileAccess.Write);
        file.SetLength(end);
        file.Flush(flushToDisk: true);
        return $"{bytes.Length - end} bytes of an unfinished entry were moved to {aside}";
    }

    private void Rotate()
    {
        _file?.Dispose();
        _file = null;
        File.Move(Current, Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"audit-{_first:D10}.jsonl")));
        _first = _last + 1;
    }

    private FileStream OpenCurrent()
    {
        var file = new FileStream(Current, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = Private,
        });
        _length = RandomAccess.GetLength(file.SafeFileHandle);
        return file;
    }

    // Oldest first.
    private IReadOnlyList<string> Parts()
    {
        var full = Directory.GetFiles(directory, "audit-??????????.jsonl").Order(StringComparer.Ordinal);
        return File.Exists(Current) ? [.. full, Current] : [.. full];
    }

    private static byte[] ReadPart(string path)
    {
        using var parts = AuditParts.Open(() => [path]);
        return parts.Read(path);
    }

    private static AuditEntry? LastOf(string path)
    {
        var bytes = ReadPart(path);
        var end = bytes.AsSpan().LastIndexOf((byte)'\n');
        return end <= 0 ? null : AuditLine.Read(bytes.AsSpan(0, end)[(bytes.AsSpan(0, end).LastIndexOf((byte)'\n') + 1)..]);
    }

    private static AuditEntry? FirstOf(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = ReadPart(path);
        var end = bytes.AsSpan().IndexOf((byte)'\n');
        return end <= 0 ? null : AuditLine.Read(bytes.AsSpan(0, end));
    }

    private (long Number, string Hash) ReadHead()
    {
        if (!File.Exists(_head))
        {
            return (0, AuditLine.NoHash);
        }

        var words = File.ReadAllText(_head).Trim().Split(' ');
        return words.Length == 2 && long.TryParse(words[0], CultureInfo.InvariantCulture, out var number) ? (number, words[1]) : (0, AuditLine.NoHash);
    }
}
