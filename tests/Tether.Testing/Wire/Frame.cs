using System.Buffers.Binary;

namespace Tether.Testing.Wire;

/// <summary>
/// A binary frame, read and written from its description in PROTOCOL.md: kind u8, three zeros, channel u32, offset i64, end i64, payload.
/// </summary>
public sealed record Frame(int Kind, int Channel, long Offset, long End, byte[] Payload)
{
    public const int Input = 1;
    public const int Output = 2;
    public const int Snapshot = 3;
    public const int SnapshotContinued = 4;
    public const int Reset = 5;
    public const int History = 6;

    private const int HeadSize = 24;

    public static Frame Read(ReadOnlySpan<byte> bytes) => new(
        bytes[0],
        BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
        bytes[HeadSize..].ToArray());

    public byte[] Bytes()
    {
        var bytes = new byte[HeadSize + Payload.Length];
        bytes[0] = (byte)Kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Channel);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Offset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), End);
        Payload.CopyTo(bytes.AsSpan(HeadSize));
        return bytes;
    }
}
