using System.Buffers.Binary;

namespace Tether.Tui.History;

/// <summary>Reads the payloads of journal records.</summary>
internal static class RecordPayload
{
    private const int SizeLength = 4;

    /// <summary>Of a Resize. False when it is too short or holds a 0.</summary>
    public static bool TryReadSize(ReadOnlySpan<byte> payload, out int columns, out int rows)
    {
        (columns, rows) = (0, 0);
        if (payload.Length >= SizeLength)
        {
            columns = BinaryPrimitives.ReadUInt16LittleEndian(payload);
            rows = BinaryPrimitives.ReadUInt16LittleEndian(payload[2..]);
        }

        return columns > 0 && rows > 0;
    }
}
