using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Journal;

/// <summary>Brings an emulator to where a journal ends: from a checkpoint near the end, then by the output behind it.</summary>
internal static class JournalRestore
{
    /// <summary>
    /// Rebuilds the screen of a session that ended, or that this daemon takes over. The emulator answers nothing and raises nothing meanwhile.
    /// </summary>
    /// <returns>The end offset in the segments, and the last segment with the length of its whole records.</returns>
    public static (long End, StoredSegment? Last, long LastLength) Replay(string directory, TerminalEmulator emulator)
    {
        var segments = JournalReader.Segments(directory);
        long end = 0, lastLength = 0;
        emulator.SuppressAnswers = true;
        var isFirstRecord = true;
        foreach (var segment in segments.Skip(FirstToReplay(segments)))
        {
            lastLength = JournalReader.Visit(segment.Path, (in JournalRecord record, ReadOnlySpan<byte> payload) =>
            {
                Apply(record, payload, emulator, isFirstRecord);
                isFirstRecord = false;
                end = record.Kind == JournalRecordKind.Output ? record.Offset + payload.Length : Math.Max(end, record.Offset);
                return true;
            });
        }

        emulator.SuppressAnswers = false;
        return (end, segments.Count > 0 ? segments[^1] : null, lastLength);
    }

    /// <summary>Takes a running session's journal over and brings the emulator to its very end, answering what the dead daemon could not.</summary>
    public static SessionJournal TakeOver(string directory, JournalLimits limits, TerminalEmulator emulator, long time, Action<string> problem)
    {
        var (end, last, lastLength) = Replay(directory, emulator);
        var tail = JournalTail.Open(Path.Combine(directory, SessionJournal.TailName));
        if (tail is null || end < tail.Oldest)
        {
            problem("the newest part of the journal is missing or damaged");
            tail?.Dispose();
            Directory.CreateDirectory(directory);
            tail = JournalTail.CreateAt(Path.Combine(directory, SessionJournal.TailName), end);
        }

        var segment = last is { } found && lastLength > 0 ? SegmentFile.Open(found.Path, lastLength) : null;
        var journal = new SessionJournal(directory, limits, tail, segment, last?.Offset ?? 0, problem);

        // A crash between a segment's write and the tail's note of it leaves the segments ahead.
        tail.Flushed = Math.Max(tail.Flushed, Math.Min(end, tail.Committed));
        if (emulator.Position == 0 && end > 0)
        {
            emulator.Position = end;
        }

        FeedTail(tail, emulator, Math.Max(emulator.Position, tail.Oldest));
        if (tail.Size is (> 0, > 0) size && size != (emulator.Columns, emulator.Rows))
        {
            emulator.Resize(size.Columns, size.Rows);
        }

        journal.Answered = tail.Committed;
        journal.Resume(emulator, time);
        return journal;
    }

    private static void FeedTail(JournalTail tail, TerminalEmulator emulator, long from)
    {
        while (from < tail.Committed)
        {
            var isAnswered = from < tail.Answered;
            var piece = tail.Read(from, isAnswered ? Math.Min(tail.Answered, tail.Committed) : tail.Committed);
            emulator.SuppressAnswers = isAnswered;
            emulator.Feed(piece);
            from += piece.Length;
        }

        emulator.SuppressAnswers = false;
    }

    // A checkpoint without scrollback is preceded by a segment whose output fills the scrollback.
    private static int FirstToReplay(List<StoredSegment> segments)
    {
        var first = segments.Count - 1;
        while (first > 0 && !StartsWithWholeState(segments[first].Path))
        {
            first--;
            if (segments.Count - first >= 2)
            {
                break;
            }
        }

        return Math.Max(0, first);
    }

    private static bool StartsWithWholeState(string path)
    {
        var isWhole = false;
        JournalReader.Visit(path, (in JournalRecord record, ReadOnlySpan<byte> payload) =>
        {
            isWhole = record.Kind == JournalRecordKind.Checkpoint && CheckpointPayload.HasScrollback(payload);
            return false;
        });
        return isWhole;
    }

    private static void Apply(in JournalRecord record, ReadOnlySpan<byte> payload, TerminalEmulator emulator, bool isFirst)
    {
        switch (record.Kind)
        {
            case JournalRecordKind.Checkpoint when isFirst:
                var (columns, rows) = JournalReader.ReadSize(payload);
                emulator.Resize(columns, rows);
                emulator.Feed(CheckpointPayload.Screen(payload));
                emulator.Position = record.Offset;
                break;
            case JournalRecordKind.Output:
                // Output up to the checkpoint that stands in the middle of a record's bytes never happens: checkpoints begin segments.
                emulator.Position = Math.Max(emulator.Position, record.Offset);
                emulator.Feed(payload[(int)Math.Min(payload.Length, emulator.Position - record.Offset)..]);
                break;
            case JournalRecordKind.Resize:
                var size = JournalReader.ReadSize(payload);
                emulator.Resize(size.Columns, size.Rows);
                break;
            default:
                break;
        }
    }
}
