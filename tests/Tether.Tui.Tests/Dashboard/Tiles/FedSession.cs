using System.Buffers;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Tests.Support;

namespace Tether.Tui.Tests.Dashboard.Tiles;

/// <summary>
/// A session's emulator and a replica of it, which gets what a paced channel does: a snapshot when it attaches and wherever it is asked for, else output
/// without the queries that were answered, up to the last whole sequence.
/// </summary>
internal sealed class FedSession : ITerminalListener
{
    private readonly List<(long Start, long End)> _hidden = [];
    private readonly List<byte> _journal = [];
    private long _sent;

    public FedSession(int columns, int rows)
    {
        Emulator = new TerminalEmulator(new TerminalOptions { Columns = columns, Rows = rows, ScrollbackRows = 200 }, this);
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
        var middle = bytes.WrittenCount / 2;
        Replica.Take(new FrameHeader(FrameKind.Snapshot, 1, Emulator.SafePosition, Emulator.SafePosition), bytes.WrittenSpan[..middle]);
        Replica.Take(new FrameHeader(FrameKind.SnapshotContinued, 1, Emulator.SafePosition, Emulator.SafePosition), bytes.WrittenSpan[middle..]);
        _sent = Emulator.SafePosition;
    }

    public void SendOutput()
    {
        var payload = new List<byte>();
        for (var at = _sent; at < Emulator.SafePosition; at++)
        {
            if (!_hidden.Any(span => at >= span.Start && at < span.End))
            {
                payload.Add(_journal[(int)at]);
            }
        }

        Replica.Take(new FrameHeader(FrameKind.Output, 1, _sent, Emulator.SafePosition), payload.ToArray());
        _sent = Emulator.SafePosition;
    }

    void ITerminalListener.Answer(ReadOnlySpan<byte> answer)
    {
    }

    void ITerminalListener.Hide(long start, long end) => _hidden.Add((start, end));

    void ITerminalListener.Raise(TerminalEvent terminalEvent)
    {
    }
}
