using System.Buffers.Binary;

namespace Tether.Protocol.Wire;

/// <summary>
/// How the local socket (a stream) divides its bytes. The same messages and frames as over WebSocket, each behind 8 bytes, little-endian:
/// <code>
/// 0  length   u32   of what follows the head
/// 4  kind     u8    0 JSON message, 1 binary frame
/// 5  reserved 3 bytes, 0
/// </code>
/// A descriptor (SCM_RIGHTS) belongs to the message whose head it came with.
/// </summary>
public static class LocalFrame
{
    public const int HeadSize = 8;

    public const byte Json = 0;

    public const byte Binary = 1;

    /// <summary>The largest JSON message: a caller's environment and arguments fit, a flood does not. In bytes.</summary>
    public const int MaxJson = 16 << 20;

    public static void WriteHead(Span<byte> destination, int length, byte kind)
    {
        destination[..HeadSize].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(destination, length);
        destination[4] = kind;
    }

    /// <summary>False when the head asks for more than is allowed or names no known kind.</summary>
    public static bool TryReadHead(ReadOnlySpan<byte> head, out int length, out byte kind)
    {
        length = BinaryPrimitives.ReadInt32LittleEndian(head);
        kind = head[4];
        return kind switch
        {
            Json => length is > 0 and <= MaxJson,
            Binary => length is >= FrameHeader.Size and <= FrameHeader.MaxFrame,
            _ => false,
        };
    }
}
