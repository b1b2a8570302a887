using Microsoft.Win32.SafeHandles;
using Tether.Daemon.Native;

namespace Tether.Daemon.Agents.Stores;

/// <summary>
/// What files say of their sessions, each read once: of one that grew only what is new, of a large one only its beginning and its end. Owned by one
/// store; keeps nothing on disk and at most <see cref="MostFiles"/> summaries.
/// </summary>
internal sealed class SummaryCache(IRecordFormat format)
{
    private const int MostFiles = 20_000;

    // Agents put what they tell the model at every start before the first prompt: about 100 KiB.
    private const int HeadBytes = 192 << 10, TailBytes = 64 << 10;

    // Where the end of a large file has no prompt, one is looked for in so much of it.
    private const int LongTailBytes = 1 << 20;

    private const int CheckedBytes = 64;

    private readonly Dictionary<string, Kept> _files = [];

    /// <summary>Bytes read since the beginning, for tests and measurements.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Null when the file is gone.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public (SessionSummary Summary, bool IsCounted)? Of(string path, FileFacts facts)
    {
        if (_files.TryGetValue(path, out var kept) && kept.Facts == facts)
        {
            return (kept.Summary, kept.IsCounted);
        }

        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        using (file)
        {
            kept = kept is not null && IsGrown(file, kept, facts) ? ReadOn(file, kept, facts) : ReadNew(file, facts);
        }

        _files[path] = kept;
        return (kept.Summary, kept.IsCounted);
    }

    /// <summary>Forgets files that are not there any more, once there are too many.</summary>
    public void Prune(IReadOnlySet<string> there)
    {
        if (_files.Count <= MostFiles)
        {
            return;
        }

        foreach (var path in _files.Keys.Where(path => !there.Contains(path)).Concat(_files.Keys.Take(_files.Count - MostFiles)).ToArray())
        {
            _files.Remove(path);
        }
    }

    private Kept ReadNew(SafeFileHandle file, FileFacts facts)
    {
        var summary = new SessionSummary();
        if (facts.Size <= HeadBytes + TailBytes)
        {
            return KeptAt(file, facts, summary, Scan(file, summary, 0, facts.Size), isCounted: true);
        }

        Scan(file, summary, 0, HeadBytes);
        return ReadEnd(file, facts, summary, HeadBytes);
    }

    private Kept ReadOn(SafeFileHandle file, Kept kept, FileFacts facts)
    {
        if (!kept.IsCounted || facts.Size - kept.ReadTo > LongTailBytes)
        {
            return ReadEnd(file, facts, kept.Summary, kept.ReadTo);
        }

        var summary = kept.Summary.Copy();
        return KeptAt(file, facts, summary, Scan(file, summary, kept.ReadTo, facts.Size), isCounted: true);
    }

    private Kept ReadEnd(SafeFileHandle file, FileFacts facts, SessionSummary before, long from)
    {
        foreach (var most in (long[])[TailBytes, LongTailBytes])
        {
            var summary = before.Copy();
            summary.LastPrompt = "";
            var isAll = facts.Size - from <= most;
            var readTo = Scan(file, summary, isAll ? from : LineScan.NextLine(file, facts.Size - most - 1, facts.Size), facts.Size);
            if (summary.LastPrompt.Length > 0 || isAll || most == LongTailBytes)
            {
                summary.LastPrompt = summary.LastPrompt.Length > 0 ? summary.LastPrompt : before.LastPrompt;
                return KeptAt(file, facts, summary, readTo, isCounted: false);
            }
        }

        throw new System.Diagnostics.UnreachableException();
    }

    private long Scan(SafeFileHandle file, SessionSummary summary, long from, long to)
    {
        BytesRead += Math.Max(0, to - from);
        return LineScan.Read(file, from, to, (_, length, line) =>
        {
            if (line.Length == 0 || !format.IsWorthReading(line))
            {
                summary.Records += length > 0 ? 1 : 0;
                return true;
            }

            using var record = RecordJson.Parse(line);
            if (record is null)
            {
                summary.BadLines++;
            }
            else
            {
                summary.Records++;
                format.Summarise(record.RootElement, summary);
            }

            return true;
        });
    }

    // A file that was written anew does not have the same bytes before the place to go on from.
    private static bool IsGrown(SafeFileHandle file, Kept kept, FileFacts facts) =>
        kept.Facts.Inode == facts.Inode && kept.Facts.Device == facts.Device && facts.Size >= kept.ReadTo && BytesBefore(file, kept.ReadTo).AsSpan().SequenceEqual(kept.Before);

    private static Kept KeptAt(SafeFileHandle file, FileFacts facts, SessionSummary summary, long readTo, bool isCounted) =>
        new(facts, summary, readTo, BytesBefore(file, readTo), isCounted);

    private static byte[] BytesBefore(SafeFileHandle file, long end)
    {
        var before = new byte[(int)Math.Min(CheckedBytes, end)];
        RandomAccess.Read(file, before, end - before.Length);
        return before;
    }

    private sealed record Kept(FileFacts Facts, SessionSummary Summary, long ReadTo, byte[] Before, bool IsCounted);
}
