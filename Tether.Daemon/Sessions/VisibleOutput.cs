using Tether.Daemon.Journal;
using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>What of a session's output viewers may get: the journal's newest part, less hidden queries, up to the last whole sequence.</summary>
internal sealed class VisibleOutput(SessionJournal journal, TerminalEmulator emulator, HiddenSpans hidden)
{
    // An unfinished sequence is held back, for it may turn out to be a query; one so long is none (an image, a clipboard).
    private const int LongestHeldBack = 4096;

    /// <summary>Up to here viewers may see.</summary>
    public long End => journal.End - emulator.SafePosition > LongestHeldBack ? journal.End : emulator.SafePosition;

    /// <summary>Who has seen all up to <see cref="End"/> has seen no beginning of a sequence.</summary>
    public bool IsWhole => End == emulator.SafePosition;

    /// <summary>A snapshot taken now stands for everything before this: it does not hold the sequence that is unfinished, however long.</summary>
    public long PaintedUpTo => Has(emulator.SafePosition) ? emulator.SafePosition : journal.End;

    /// <summary>False when a cursor is so far behind that its bytes are gone: a snapshot must take their place.</summary>
    public bool Has(long cursor) => cursor >= journal.OldestInMemory;

    /// <summary>What is unfinished and has come, for a replica; false when that is not in memory, or much.</summary>
    public bool TryReadUnfinished(out ReadOnlySpan<byte> unfinished)
    {
        var isThere = Has(emulator.SafePosition) && journal.End - emulator.SafePosition <= LongestHeldBack;
        unfinished = isThere ? journal.Read(emulator.SafePosition, journal.End) : [];
        return isThere && unfinished.Length == journal.End - emulator.SafePosition;
    }

    /// <summary>The next bytes for a cursor of a replica, queries too: it answers none, and goes through what the session's own emulator went through.</summary>
    public ReadOnlySpan<byte> NextOfAll(long cursor, long limit) => cursor < limit ? journal.Read(cursor, limit) : [];

    /// <summary>The next bytes for a cursor, in one piece; empty when it has seen all. Moves the cursor over what is hidden, not over the bytes.</summary>
    public ReadOnlySpan<byte> Next(ref long cursor) => Next(ref cursor, End);

    /// <summary>The same, of what stands before <paramref name="limit"/>.</summary>
    public ReadOnlySpan<byte> Next(ref long cursor, long limit)
    {
        while (cursor < limit)
        {
            var (from, end) = (cursor, limit);
            hidden.Clip(ref from, ref end);
            cursor = from;
            if (from < end)
            {
                return journal.Read(from, end);
            }
        }

        return [];
    }
}
