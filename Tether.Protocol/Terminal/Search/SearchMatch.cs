namespace Tether.Protocol.Terminal.Search;

/// <summary>
/// Where a match is: absolute rows as in <see cref="TerminalEmulator.RowAt"/> and 0-based columns of its first and its last cell. Of a wide
/// character the left half is first and the right half last. Valid until the emulator is resized or the rows drop from the scrollback.
/// </summary>
public readonly record struct SearchMatch(long FirstRow, int FirstColumn, long LastRow, int LastColumn);
