using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Journal;

/// <summary>How far the segments of a journal have brought an emulator.</summary>
/// <param name="End">The output offset at their end.</param>
/// <param name="HasEnded">They tell the program's end.</param>
/// <param name="Last">The last of them.</param>
/// <param name="LastLength">The length of its whole records.</param>
internal readonly record struct ReplayedJournal(long End, bool HasEnded, StoredSegment? Last, long LastLength);

/// <summary>Applies the records of a journal's segments, one after another, to an emulator.</summary>
internal sealed class JournalReplay(TerminalEmulator emulator)
{
    private bool _isTouched;

    // From a checkpoint on every byte was seen: what checkpoints say is known. Not so at the beginning, and behind a hole.
    private bool _isKnown;

    public long End { get; private set; }

    public bool HasEnded { get; private set; }

    // CAN and RIS.
    private static ReadOnlySpan<byte> StartAgain => "\x18\ec"u8;

    public bool Apply(in JournalRecord record, ReadOnlySpan<byte> payload)
    {
        switch (record.Kind)
        {
            case JournalRecordKind.Checkpoint:
                Restore(record, payload);
                break;
            case JournalRecordKind.Output:
                Feed(record, payload);
                break;
            case JournalRecordKind.Resize:
                var (columns, rows) = JournalReader.ReadSize(payload);
                emulator.Resize(columns, rows);
                break;
            case JournalRecordKind.Exit:
                HasEnded = true;
                break;
            default:
                break;
        }

        End = Math.Max(End, record.Kind == JournalRecordKind.Output ? record.Offset + payload.Length : record.Offset);
        return true;
    }

    private void Restore(in JournalRecord record, ReadOnlySpan<byte> payload)
    {
        if (_isKnown && record.Offset <= emulator.Position)
        {
            return;
        }

        if (_isTouched)
        {
            emulator.Feed(StartAgain);
        }

        var (columns, rows) = JournalReader.ReadSize(payload);
        emulator.Resize(columns, rows);
        emulator.Feed(CheckpointPayload.Screen(payload));
        emulator.Position = record.Offset;
        (_isTouched, _isKnown) = (true, true);
    }

    // Segments overlap by an unfinished sequence: what was fed already is cut off.
    private void Feed(in JournalRecord record, ReadOnlySpan<byte> payload)
    {
        if (record.Offset > emulator.Position)
        {
            _isKnown = false;
            emulator.Position = record.Offset;
        }

        emulator.Feed(payload[(int)Math.Min(payload.Length, emulator.Position - record.Offset)..]);
        _isTouched = true;
    }
}
