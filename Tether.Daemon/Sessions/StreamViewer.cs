using System.Buffers;
using Tether.Daemon.Server;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>A viewer at the other end of a connection: it gets frames, one on its way at a time, at a pace if it wants one.</summary>
internal sealed class StreamViewer(int id, ClientConnection client, int channel, Session session, int pace, bool isReplica) : Viewer(id, client, channel)
{
    // Large enough that a flood costs few wake-ups, small enough that a slow client costs little memory.
    private const int FrameSize = 64 * 1024;

    // A client that reads nothing for long is told no more than this of what it missed.
    private const int MostAlerts = 8;

    private readonly byte[] _frame = new byte[FrameSize];
    private readonly Pacer _pacer = new(pace);
    private ReadOnlyMemory<byte>? _snapshot;
    private int _snapshotSent;
    private readonly Queue<AlertNotice> _alerts = new();
    private long _wakesAt = long.MaxValue;
    private bool _isStale;
    private bool _isFrameOut;
    private bool _isClosed;

    public override string Sink => "stream";

    /// <summary>The least time between what is much, in milliseconds, that it shares with the others; see <see cref="Crowd"/>.</summary>
    public int Least => _pacer.Least;

    /// <summary>From now on at this pace. What was printed while it was held is told by a snapshot.</summary>
    public void SetPace(int milliseconds)
    {
        _isStale |= _pacer.IsHeld && session.Output.PaintedUpTo > Cursor;
        _pacer.Milliseconds = milliseconds;
        Wake();
    }

    public override void Slow(int milliseconds)
    {
        var isSooner = milliseconds < _pacer.Least;
        _pacer.Least = milliseconds;
        if (isSooner)
        {
            Wake();
        }
    }

    public override void Repaint(int scrollbackRows)
    {
        BeginSnapshot(scrollbackRows);
        Deliver();
    }

    public override void Resized()
    {
        if (_pacer.IsHeld)
        {
            _isStale = true;
        }
        else
        {
            Repaint(0);
        }
    }

    public override void Deliver()
    {
        if (_isFrameOut || _isClosed || (_snapshot is null && !IsDue()))
        {
            return;
        }

        if (NeedsSnapshot)
        {
            BeginSnapshot(0);
        }

        var length = _snapshot is null ? FillOutput(_frame) : FillSnapshot(_frame);
        if (length > 0)
        {
            _pacer.Sent(Deadlines.Now, length);
            _isFrameOut = true;
            Client.SendFrame(_frame.AsMemory(0, length), Sent);
        }
        else
        {
            TellAlerts();
        }
    }

    public override void Alert(AlertNotice alert)
    {
        if (_alerts.Count < MostAlerts)
        {
            _alerts.Enqueue(alert);
            Deliver();
        }
    }

    // The session's thread ends, so the rest goes out in one piece behind the frame that is on its way: at most the journal's memory.
    public override void Finish()
    {
        while (!_isClosed)
        {
            if (NeedsSnapshot)
            {
                BeginSnapshot(0);
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
        session.Painter.WriteReset(reset);
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

    private void TellAlerts()
    {
        while (_snapshot is null && Cursor >= session.Output.End && session.Output.IsWhole && _alerts.TryDequeue(out var alert))
        {
            Tell(alert);
        }
    }

    // A paced channel never gets the beginning of a sequence: a snapshot may have to take its place.
    private long End => _pacer.IsPaced ? session.Output.PaintedUpTo : session.Output.End;

    private bool NeedsSnapshot => _snapshot is null
        && (_isStale || !session.Output.Has(Cursor) || (_pacer.IsPaced && End - Cursor > Pacer.MostOutput));

    // The thread is woken only when something waits to be sent.
    private bool IsDue()
    {
        if (_pacer.IsHeld || (_pacer.IsPaced && End <= Cursor && !_isStale))
        {
            return false;
        }

        if (_isStale)
        {
            return true;
        }

        // What is asked with every piece that a flood prints, for each of many viewers.
        if (_wakesAt != long.MaxValue && !_pacer.WaitsForFrame && End - Cursor > Pacer.Budget)
        {
            return false;
        }

        var now = Deadlines.Now;
        var delay = _pacer.Delay(now, End - Cursor, session.Emulator.Modes.SynchronizedOutput);
        if (delay > 0 && now + delay < _wakesAt)
        {
            _wakesAt = now + delay;
            session.Deadlines.After(TimeSpan.FromMilliseconds(delay), Wake);
        }

        return delay == 0;
    }

    private void Wake()
    {
        _wakesAt = long.MaxValue;
        Deliver();
    }

    private void BeginSnapshot(int scrollbackRows)
    {
        _snapshot = session.Painter.Paint(scrollbackRows, isReplica);
        (_snapshotSent, Cursor, _isStale) = (0, session.Output.PaintedUpTo, false);
        if (isReplica && session.Output.TryReadUnfinished(out var unfinished) && unfinished.Length > 0)
        {
            var whole = new ArrayBufferWriter<byte>(_snapshot.Value.Length + unfinished.Length);
            whole.Write(_snapshot.Value.Span);
            SnapshotWriter.WriteUnfinished(unfinished, whole);
            _snapshot = whole.WrittenMemory;
            Cursor += unfinished.Length;
        }
    }

    private int FillOutput(byte[] frame)
    {
        var (cursor, end) = (Cursor, End);
        var length = FrameHeader.Size;
        while (length < FrameSize)
        {
            var piece = isReplica ? session.Output.NextOfAll(cursor, end) : session.Output.Next(ref cursor, end);
            if (piece.IsEmpty)
            {
                break;
            }

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
        var snapshot = _snapshot!.Value.Span;
        var rest = snapshot[_snapshotSent..];
        rest = rest[..Math.Min(rest.Length, FrameSize - FrameHeader.Size)];
        new FrameHeader(kind, Channel, Cursor, Cursor).Write(frame);
        rest.CopyTo(frame.AsSpan(FrameHeader.Size));
        _snapshotSent += rest.Length;
        if (_snapshotSent == snapshot.Length)
        {
            _snapshot = null;
        }

        return FrameHeader.Size + rest.Length;
    }
}
