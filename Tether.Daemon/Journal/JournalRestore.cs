using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Journal;

/// <summary>Brings an emulator to where a journal ends: from a checkpoint near the end, then by the output behind it.</summary>
internal static class JournalRestore
{
    /// <summary>
    /// Rebuilds the screen of a session that ended, or that this daemon takes over. The emulator answers nothing and raises nothing meanwhile.
    /// </summary>
    public static ReplayedJournal Replay(string directory, TerminalEmulator emulator)
    {
        var segments = JournalReader.Segments(directory);
        var replay = new JournalReplay(emulator);
        long lastLength = 0;
        emulator.SuppressAnswers = true;
        foreach (var segment in segments.Skip(FirstToReplay(segments)))
        {
            lastLength = JournalReader.Visit(segment.Path, replay.Apply);
        }

        emulator.SuppressAnswers = false;
        return new ReplayedJournal(replay.End, replay.HasEnded, segments.Count > 0 ? segments[^1] : null, lastLength);
    }

    /// <summary>Takes a running session's journal over and brings the emulator to its very end, answering what the dead daemon could not.</summary>
    public static SessionJournal TakeOver(string directory, JournalLimits limits, TerminalEmulator emulator, long time, Action<string> problem)
    {
        var (end, hasEnded, last, lastLength) = Replay(directory, emulator);
        var path = Path.Combine(directory, SessionJournal.TailName);
        var tail = JournalTail.Open(path);
        if (tail is null || tail.Committed < end)
        {
            // A daemon that was killed behind the end of the session had put the tail away.
            if (!hasEnded || tail is not null)
            {
                problem("the newest part of the journal is missing or damaged");
            }

            tail?.Dispose();
            tail = NewTail(directory, path, end, problem);
        }

        // A crash between a segment's write and the tail's note of it leaves the segments ahead. A disk that was full leaves them behind: what
        // the tail still has of that is written now, the rest is a hole.
        var holeStart = end < tail.Oldest ? end : -1;
        tail.Flushed = Math.Max(end, tail.Oldest);
        var segment = OpenLast(last, lastLength);
        var journal = new SessionJournal(directory, limits, tail, segment, last?.Offset ?? 0, problem);
        emulator.Position = Math.Max(emulator.Position, Math.Max(end, tail.Oldest));
        FeedTail(tail, emulator, emulator.Position);
        if (tail.Size is (> 0, > 0) size && size != (emulator.Columns, emulator.Rows))
        {
            emulator.Resize(size.Columns, size.Rows);
        }

        tail.Size = (emulator.Columns, emulator.Rows);
        journal.Answered = tail.Committed;
        journal.HasEnded = hasEnded;
        journal.Resume(emulator, time, holeStart);
        return journal;
    }

    /// <summary>For a journal that cannot be read: it goes on at the emulator's position, in memory until the disk takes it.</summary>
    public static SessionJournal WithoutDisk(string directory, JournalLimits limits, TerminalEmulator emulator, string reason, Action<string> problem)
    {
        problem(reason);
        var tail = JournalTail.CreateAt(null, emulator.Position);
        tail.Size = (emulator.Columns, emulator.Rows);
        return new SessionJournal(directory, limits, tail, null, emulator.Position, problem);
    }

    private static JournalTail NewTail(string directory, string path, long offset, Action<string> problem)
    {
        try
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return JournalTail.CreateAt(path, offset);
        }
        catch (IOException e)
        {
            problem($"the journal cannot be written ({e.Message}); the newest output is kept in memory only");
            return JournalTail.CreateAt(null, offset);
        }
    }

    // One that has no checkpoint yet is begun again: a later restore could not start with it.
    private static SegmentFile? OpenLast(StoredSegment? last, long length)
    {
        try
        {
            return last is { } found && length > SegmentFile.Magic.Length ? SegmentFile.Open(found.Path, length) : null;
        }
        catch (IOException)
        {
            return null;
        }
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
}
