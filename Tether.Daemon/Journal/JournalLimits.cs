namespace Tether.Daemon.Journal;

/// <summary>How much of a session's output is kept.</summary>
/// <param name="ScrollbackRows">Rows of the emulator's scrollback: so many must come back in a restore.</param>
/// <param name="TotalBytes">The oldest segments go when a journal grows beyond it.</param>
/// <param name="SegmentBytes">Output per segment; a restore replays at most two of them.</param>
internal readonly record struct JournalLimits(int ScrollbackRows, long TotalBytes, long SegmentBytes = 4 << 20);
