using System.Buffers.Binary;

namespace Tether.Protocol.Wire;

/// <summary>
/// The head of a binary frame; the payload follows. 24 bytes, little-endian:
/// <code>
/// 0  kind     u8
/// 1  reserved 3 bytes, 0
/// 4  channel  u32
/// 8  offset   i64   the journal offset of the payload's first byte (Input: 0)
/// 16 end      i64   the offset after its last byte (Input: 0; Snapshot: the same as offset)
/// </code>
/// </summary>
public readonly record struct FrameHeader(FrameKind Kind, int Channel, long Offset, long End)
{
    public const int Size = 24;

    /// <summary>The largest frame a peer may send, head included.</summary>
    public const int MaxFrame = 1 << 20;

    public void Write(Span<byte> destination)
    {
        destination[..Size].Clear();
        destination[0] = (byte)Kind;
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], Channel);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Offset);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], End);
    }

    /// <summary>False when the bytes are too few or name no known kind.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out FrameHeader header)
    {
        header = default;
        if (frame.Length < Size || frame[0] is < (byte)FrameKind.Input or > (byte)FrameKind.History)
        {
            return false;
        }

        header = new FrameHeader(
            (FrameKind)frame[0],
            BinaryPrimitives.ReadInt32LittleEndian(frame[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(frame[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(frame[16..]));
        return true;
    }
}
