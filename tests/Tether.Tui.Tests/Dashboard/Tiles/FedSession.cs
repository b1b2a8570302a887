using System.Buffers;
using System.Runtime.InteropServices;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Tests.Support;

namespace Tether.Tui.Tests.Dashboard.Tiles;

/// <summary>
/// A session's emulator and a replica of it, which gets what the paced channel of a replica does: a snapshot when it attaches and wherever it is asked for,
/// with what is unfinished behind it, else output up to the last whole sequence.
/// </summary>
internal sealed class FedSession
{
    private readonly List<byte> _journal = [];
    private long _sent;

    public FedSession(int columns, int rows)
    {
        Emulator = new TerminalEmulator(new TerminalOptions { Columns = columns, Rows = rows, ScrollbackRows = 200 });
        Replica = new SessionReplica(1, AttachMode.Observe, FakeDaemon.Session with { Columns = columns, Rows = rows });
    }

    public TerminalEmulator Emulator { get; }

    public SessionReplica Replica { get; }

    /// <summary>The program prints.</summary>
    public void Print(ReadOnlySpan<byte> bytes)
    {
        _journal.AddRange(bytes);
        Emulator.Feed(bytes);
    }

    public void SendSnapshot(int scrollback = 0)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write("\x18"u8);
        SnapshotWriter.Write(Emulator, bytes, new SnapshotOptions { ScrollbackRows = scrollback, IsReplica = true });
        SnapshotWriter.WriteUnfinished(CollectionsMarshal.AsSpan(_journal)[(int)Emulator.SafePosition..], bytes);
        var middle = bytes.WrittenCount / 2;
        Replica.Take(new FrameHeader(FrameKind.Snapshot, 1, Emulator.SafePosition, Emulator.SafePosition), bytes.WrittenSpan[..middle]);
        Replica.Take(new FrameHeader(FrameKind.SnapshotContinued, 1, Emulator.SafePosition, Emulator.SafePosition), bytes.WrittenSpan[middle..]);
        _sent = Emulator.Position;
    }

    public void SendOutput()
    {
        if (Emulator.SafePosition > _sent)
        {
            Replica.Take(new FrameHeader(FrameKind.Output, 1, _sent, Emulator.SafePosition), CollectionsMarshal.AsSpan(_journal)[(int)_sent..(int)Emulator.SafePosition]);
            _sent = Emulator.SafePosition;
        }
    }
}
