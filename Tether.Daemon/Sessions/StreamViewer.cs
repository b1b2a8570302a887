using System.Buffers;
using Tether.Daemon.Server;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>A viewer at the other end of a connection: it gets frames, one on its way at a time.</summary>
internal sealed class StreamViewer(int id, ClientConnection client, int channel, Session session) : Viewer(id, client, channel)
{
    // Large enough that a flood costs few wake-ups, small enough that a slow client costs little memory.
    private const int FrameSize = 64 * 1024;

    private readonly byte[] _frame = new byte[FrameSize];
    private ArrayBufferWriter<byte>? _snapshot;
    private int _snapshotSent;
    private bool _isFrameOut;
    private bool _isClosed;

    public override string Sink => "stream";

    public override void Repaint(int scrollbackRows)
    {
        _snapshot = new ArrayBufferWriter<byte>(16 * 1024);
        session.WriteSnapshot(_snapshot, scrollbackRows);
        _snapshotSent = 0;
        Cursor = session.Output.PaintedUpTo;
        Deliver();
    }

    public override void Deliver()
    {
        if (_isFrameOut || _isClosed)
        {
            return;
        }

        if (_snapshot is null && !session.Output.Has(Cursor))
        {
            Repaint(0);
            return;
        }

        var length = _snapshot is null ? FillOutput(_frame) : FillSnapshot(_frame);
        if (length > 0)
        {
            _isFrameOut = true;
            Client.SendFrame(_frame.AsMemory(0, length), Sent);
        }
    }

    // The session's thread ends, so the rest goes out in one piece behind the frame that is on its way: at most the journal's memory.
    public override void Finish()
    {
        while (!_isClosed)
        {
            if (_snapshot is null && !session.Output.Has(Cursor))
            {
                _snapshot = new ArrayBufferWriter<byte>(16 * 1024);
                session.WriteSnapshot(_snapshot, 0);
                (_snapshotSent, Cursor) = (0, session.Output.PaintedUpTo);
            }

            var frame = new byte[FrameSize];
            var length = _snapshot is null ? FillOutput(frame) : FillSnapshot(frame);
            if (length == 0)
            {
                break;
            }

            Client.SendFrame(frame.AsMemory(0, length), static _ => { });
        }

        Reset();
    }

    public override void Reset()
    {
        var reset = new ArrayBufferWriter<byte>();
        session.WriteReset(reset);
        var frame = new byte[FrameHeader.Size + reset.WrittenCount];
        new FrameHeader(FrameKind.Reset, Channel, Cursor, Cursor).Write(frame);
        reset.WrittenSpan.CopyTo(frame.AsSpan(FrameHeader.Size));
        Client.SendFrame(frame, static _ => { });
    }

    public override void Close(bool isClientGone) => _isClosed = true;

    private void Sent(bool isOnItsWay) => session.Post(() =>
    {
        _isFrameOut = false;
        Deliver();
    });

    private int FillOutput(byte[] frame)
    {
        var cursor = Cursor;
        var length = FrameHeader.Size;
        while (length < FrameSize && session.Output.Next(ref cursor) is { IsEmpty: false } piece)
        {
            piece = piece[..Math.Min(piece.Length, FrameSize - length)];
            piece.CopyTo(frame.AsSpan(length));
            length += piece.Length;
            cursor += piece.Length;
        }

        if (cursor == Cursor)
        {
            return 0;
        }

        new FrameHeader(FrameKind.Output, Channel, Cursor, cursor).Write(frame);
        Cursor = cursor;
        return length > FrameHeader.Size ? length : 0;
    }

    private int FillSnapshot(byte[] frame)
    {
        var kind = _snapshotSent == 0 ? FrameKind.Snapshot : FrameKind.SnapshotContinued;
        var rest = _snapshot!.WrittenSpan[_snapshotSent..];
        rest = rest[..Math.Min(rest.Length, FrameSize - FrameHeader.Size)];
        new FrameHeader(kind, Channel, Cursor, Cursor).Write(frame);
        rest.CopyTo(frame.AsSpan(FrameHeader.Size));
        _snapshotSent += rest.Length;
        if (_snapshotSent == _snapshot.WrittenCount)
        {
            _snapshot = null;
        }

        return FrameHeader.Size + rest.Length;
    }
}
