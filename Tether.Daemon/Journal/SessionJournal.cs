using System.Buffers;
using System.Buffers.Binary;
using Tether.Daemon.Native;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Journal;

/// <summary>
/// One session's journal as its thread writes it: the mapped tail takes every byte at once, segments take them over in pieces of half a tail.
/// Owned by the session's thread.
/// </summary>
internal sealed unsafe class SessionJournal : IDisposable
{
    public const string TailName = "tail";

    // Half the ring: the other half is what viewers that lag behind still find in memory.
    private const int FlushSize = JournalTail.Capacity / 2;

    // Output within so many microseconds is one record with one time.
    private const long TimeGrain = 10_000;

    private readonly string _directory;
    private readonly JournalLimits _limits;
    private readonly Action<string> _problem;
    private readonly JournalTail _tail;
    private readonly List<(long Offset, long Time)> _marks = [];
    private SegmentFile? _segment;
    private long _segmentStart;
    private long _scrolledAtSegmentStart;
    private long _holeStart = -1;
    private bool _wantsCheckpoint;

    internal SessionJournal(string directory, JournalLimits limits, JournalTail tail, SegmentFile? segment, long segmentStart, Action<string> problem)
    {
        _directory = directory;
        _limits = limits;
        _tail = tail;
        _segment = segment;
        _segmentStart = segmentStart;
        _problem = problem;
    }

    /// <summary>The output offset after the last byte taken.</summary>
    public long End => _tail.Committed;

    /// <summary>The oldest output offset that <see cref="Read"/> can give.</summary>
    public long OldestInMemory => _tail.Oldest;

    /// <summary>Up to where the program's queries have been answered; a daemon that restores answers those behind it.</summary>
    public long Answered { set => _tail.Answered = value; }

    /// <summary>True once something could not be kept.</summary>
    public bool HasHole { get; private set; }

    /// <summary>The program's end is recorded.</summary>
    internal bool HasEnded { get; set; }

    /// <summary>Begins the journal of a new session. A full disk is told to <paramref name="problem"/>, and the session goes on without.</summary>
    public static SessionJournal Create(string directory, JournalLimits limits, TerminalEmulator emulator, long time, Action<string> problem)
    {
        JournalTail tail;
        SegmentFile? segment = null;
        try
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            tail = JournalTail.Create(Path.Combine(directory, TailName));
            segment = SegmentFile.Create(directory, 0);
        }
        catch (IOException e)
        {
            problem($"the journal cannot be written ({e.Message}); history is not kept until it can");
            tail = JournalTail.Create(null);
        }

        var journal = new SessionJournal(directory, limits, tail, segment, 0, problem);
        tail.Size = (emulator.Columns, emulator.Rows);
        journal.WriteCheckpoint(emulator, 0, time);
        return journal;
    }

    /// <summary>Where the next read may put its bytes, and how many at most.</summary>
    public byte* Reserve(out int room) => _tail.Reserve(out room);

    /// <summary>The read brought so many bytes; from now on they are in the journal, whatever happens to this process.</summary>
    public void Commit(int count, long time)
    {
        if (_marks.Count == 0 || time - _marks[^1].Time >= TimeGrain)
        {
            _marks.Add((_tail.Committed, time));
        }

        _tail.Commit(count, time);
    }

    /// <summary>The bytes from an offset on that stand in one piece in memory; <see cref="OldestInMemory"/> ≤ offset ≤ <see cref="End"/>.</summary>
    public ReadOnlySpan<byte> Read(long offset, long end) => _tail.Read(offset, end);

    /// <summary>Makes room in the tail. Call after each commit, when the emulator has had the bytes.</summary>
    public void MakeRoom(TerminalEmulator emulator, long time)
    {
        if (_tail.Committed - _tail.Flushed >= FlushSize)
        {
            Flush(_tail.Committed);
            var isDue = _wantsCheckpoint || _tail.Committed - _segmentStart >= _limits.SegmentBytes;
            if (isDue && _segment is not null && _holeStart < 0)
            {
                BeginSegment(emulator, time);
            }
        }
    }

    /// <summary>Everything taken so far is in the segments after this, for whoever reads them.</summary>
    public void Flush() => Flush(_tail.Committed);

    /// <summary>The pty has another size from here on.</summary>
    public void RecordSize(int columns, int rows, long time)
    {
        Flush();
        Span<byte> payload = stackalloc byte[4];
        SegmentFile.WriteSize(payload, columns, rows);
        Append(new JournalRecord(JournalRecordKind.Resize, payload.Length, End, time), payload);
        _tail.Size = (columns, rows);
    }

    /// <summary>The program ended. Reading its last screen later costs little replay.</summary>
    public void RecordExit(int? exitCode, int? signal, TerminalEmulator emulator, long time)
    {
        Park(emulator, time);
        Span<byte> payload = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(payload, exitCode ?? -1);
        BinaryPrimitives.WriteInt32LittleEndian(payload[4..], signal ?? 0);
        if (!HasEnded)
        {
            Append(new JournalRecord(JournalRecordKind.Exit, payload.Length, End, time), payload);
            HasEnded = true;
        }

        if (Directory.Exists(_directory))
        {
            File.Delete(Path.Combine(_directory, TailName));
        }
    }

    /// <summary>The daemon ends in order: the next one finds everything in the segments, and little to replay.</summary>
    public void Park(TerminalEmulator emulator, long time)
    {
        Flush();
        if (End - _segmentStart > FlushSize)
        {
            BeginSegment(emulator, time);
        }
    }

    public void Dispose()
    {
        _segment?.Dispose();
        _tail.Dispose();
    }

    /// <summary>
    /// Takes a journal over that another daemon wrote: it goes on in a new segment when the last one could not be opened, or when output is
    /// missing between the segments and the tail.
    /// </summary>
    internal void Resume(TerminalEmulator emulator, long time, long holeStart)
    {
        _scrolledAtSegmentStart = emulator.ScrolledRows;
        (_holeStart, HasHole) = (holeStart, holeStart >= 0);

        // Nearly the whole ring may wait; the next output would overwrite its beginning.
        Flush();
        if (_segment is null || _wantsCheckpoint)
        {
            BeginSegment(emulator, time);
        }
    }

    private void Flush(long end)
    {
        var start = _tail.Flushed;
        if (end == start)
        {
            return;
        }

        if (_marks.Count == 0 || _marks[0].Offset > start)
        {
            _marks.Insert(0, (start, _tail.LastTime));
        }

        for (var i = 0; i < _marks.Count; i++)
        {
            var to = i + 1 < _marks.Count ? _marks[i + 1].Offset : end;
            AppendOutput(Math.Max(start, _marks[i].Offset), to, _marks[i].Time);
            _tail.Flushed = Math.Max(start, to);
        }

        _marks.Clear();
    }

    private void AppendOutput(long from, long to, long time)
    {
        if (to > from)
        {
            var first = _tail.Read(from, to);
            Append(new JournalRecord(JournalRecordKind.Output, (int)(to - from), from, time), first, _tail.Read(from + first.Length, to));
        }
    }

    // What cannot be written is dropped and becomes a hole that is recorded as soon as the disk takes anything again.
    private void Append(in JournalRecord record, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default)
    {
        try
        {
            if (_segment is null)
            {
                _segment = SegmentFile.Create(_directory, _segmentStart = _tail.Flushed);
                _wantsCheckpoint = true;
            }

            if (_holeStart >= 0)
            {
                CloseHole(_segment, record, first, second);
            }
            else
            {
                _segment.Append(record, first, second);
            }
        }
        catch (IOException e)
        {
            if (_holeStart < 0)
            {
                _holeStart = _tail.Flushed;
                HasHole = true;
                _problem($"the journal cannot be written ({e.Message}); output from offset {_holeStart} on is not kept until it can");
            }
        }
    }

    // In one write with what comes behind it: there is nearly always room for this small record alone, which would tell nothing.
    private void CloseHole(SegmentFile segment, in JournalRecord record, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> payload = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(payload, _tail.Flushed);
        var records = new ArrayBufferWriter<byte>();
        Write(new JournalRecord(JournalRecordKind.Hole, payload.Length, _holeStart, _tail.LastTime), payload, []);
        Write(record, first, second);
        segment.Append(records.WrittenSpan);
        _holeStart = -1;

        // A restore cannot see across the hole: it needs the screen as it is behind it.
        _wantsCheckpoint = true;
        _problem("the journal can be written again");

        void Write(in JournalRecord one, ReadOnlySpan<byte> begin, ReadOnlySpan<byte> end)
        {
            one.WriteHead(records.GetSpan(JournalRecord.HeadSize));
            records.Advance(JournalRecord.HeadSize);
            records.Write(begin);
            records.Write(end);
        }
    }

    private void BeginSegment(TerminalEmulator emulator, long time)
    {
        // A checkpoint stands between two sequences; a sequence longer than the tail puts it off.
        var start = emulator.SafePosition;
        if ((start < _tail.Flushed && start < _tail.Oldest) || (_segment is not null && start <= _segmentStart))
        {
            return;
        }

        try
        {
            var next = SegmentFile.Create(_directory, start);
            _segment?.Dispose();
            _segment = next;
            _segmentStart = start;
        }
        catch (IOException)
        {
            // The old segment goes on; Append will meet the same trouble and tell it.
            return;
        }

        _wantsCheckpoint = false;
        WriteCheckpoint(emulator, start, time);
        AppendOutput(start, _tail.Flushed, time);
        DropOldest();
    }

    // The scrollback is left out when what follows the previous checkpoint rebuilds it anyway.
    private void WriteCheckpoint(TerminalEmulator emulator, long offset, long time)
    {
        var scrolled = emulator.ScrolledRows - _scrolledAtSegmentStart;
        var payload = new ArrayBufferWriter<byte>(16 * 1024);
        CheckpointPayload.Write(emulator, withScrollback: scrolled < _limits.ScrollbackRows, payload);
        if (payload.WrittenCount > JournalRecord.MaxPayload)
        {
            payload.ResetWrittenCount();
            CheckpointPayload.Write(emulator, withScrollback: false, payload);
        }

        _scrolledAtSegmentStart = emulator.ScrolledRows;
        Append(new JournalRecord(JournalRecordKind.Checkpoint, payload.WrittenCount, offset, time), payload.WrittenSpan);
    }

    private void DropOldest()
    {
        try
        {
            DropOldest(JournalReader.Segments(_directory));
        }
        catch (IOException)
        {
            // Somebody else cleans up; what is too much now goes with the next segment.
        }
    }

    private void DropOldest(List<StoredSegment> segments)
    {
        var total = segments.Sum(segment => new FileInfo(segment.Path).Length);
        for (var i = 0; i < segments.Count - 2 && total > _limits.TotalBytes; i++)
        {
            total -= new FileInfo(segments[i].Path).Length;
            File.Delete(segments[i].Path);
        }
    }
}
