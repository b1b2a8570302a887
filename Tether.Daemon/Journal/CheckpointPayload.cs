using System.Buffers;
using System.Buffers.Binary;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;

namespace Tether.Daemon.Journal;

/// <summary>The payload of a checkpoint: columns u16, rows u16, flags u32, VT bytes.</summary>
internal static class CheckpointPayload
{
    private const int HeadSize = 8;
    private const uint WithScrollback = 1;

    public static void Write(TerminalEmulator emulator, bool withScrollback, IBufferWriter<byte> output)
    {
        var head = output.GetSpan(HeadSize);
        SegmentFile.WriteSize(head, emulator.Columns, emulator.Rows);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], withScrollback ? WithScrollback : 0);
        output.Advance(HeadSize);
        var options = new SnapshotOptions { ScrollbackRows = withScrollback ? int.MaxValue : 0, ClearScreen = false, PromptMarks = true };
        SnapshotWriter.Write(emulator, output, options);
    }

    public static bool HasScrollback(ReadOnlySpan<byte> payload) =>
        payload.Length >= HeadSize && (BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]) & WithScrollback) != 0;

    public static ReadOnlySpan<byte> Screen(ReadOnlySpan<byte> payload) => payload.Length >= HeadSize ? payload[HeadSize..] : [];
}
