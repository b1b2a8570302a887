using System.Buffers.Binary;

namespace Tether.Protocol.Wire;

/// <summary>What a journal record tells.</summary>
public enum JournalRecordKind : byte
{
    /// <summary>Bytes the program printed; the payload is those bytes.</summary>
    Output = 1,

    /// <summary>The pty has another size; payload: columns u16, rows u16.</summary>
    Resize = 2,

    /// <summary>Output from this offset on was not kept; payload: the offset where it goes on, i64.</summary>
    Hole = 3,

    /// <summary>The emulator at this offset: columns u16, rows u16, flags u32 (bit 0: with its scrollback), then the VT bytes that
    /// rebuild it. The first record of each segment; the daemon restores from it, others may skip it.</summary>
    Checkpoint = 4,

    /// <summary>The program ended; payload: exit code i32 (-1 unknown), signal i32 (0 none).</summary>
    Exit = 5,
}

/// <summary>
/// One record of a session's journal: a head of 24 bytes, little-endian, then the payload.
/// <code>
/// 0  length i32   of the payload
/// 4  kind   u8
/// 5  reserved 3 bytes, 0
/// 8  offset i64   of the session's output at which it stands
/// 16 time   i64   microseconds since 1970-01-01 UTC
/// </code>
/// </summary>
public readonly record struct JournalRecord(JournalRecordKind Kind, int Length, long Offset, long Time)
{
    public const int HeadSize = 24;

    /// <summary>The largest payload, in bytes; a longer run of output is several records.</summary>
    public const int MaxPayload = 8 << 20;

    public void WriteHead(Span<byte> destination)
    {
        destination[..HeadSize].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(destination, Length);
        destination[4] = (byte)Kind;
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Offset);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], Time);
    }

    /// <summary>False when the bytes are no record's head: too few, an unknown kind, an impossible length.</summary>
    public static bool TryReadHead(ReadOnlySpan<byte> source, out JournalRecord record)
    {
        record = default;
        if (source.Length < HeadSize)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(source);
        var kind = (JournalRecordKind)source[4];
        if (length is < 0 or > MaxPayload || kind is < JournalRecordKind.Output or > JournalRecordKind.Exit)
        {
            return false;
        }

        record = new JournalRecord(
            kind, length, BinaryPrimitives.ReadInt64LittleEndian(source[8..]), BinaryPrimitives.ReadInt64LittleEndian(source[16..]));
        return true;
    }
}
