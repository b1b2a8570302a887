using System.Buffers.Binary;
using Tether.Daemon.Journal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>Sends a journal's records in History frames, each byte of output once, on the connection's own thread and no faster than the client reads.</summary>
internal sealed class HistoryRequests
{
    private const int FrameSize = 256 * 1024;

    public HistoryReply Send(ClientConnection connection, HistoryRequest request, string directory, long end)
    {
        var segments = JournalReader.Segments(directory);
        var sender = new Sender(connection, request.Id, Math.Max(request.From, 0));
        foreach (var segment in JournalReader.SegmentsFrom(directory, request.From))
        {
            JournalReader.Visit(segment.Path, sender.Add);
        }

        sender.AddHoleUpTo(end);
        sender.Flush();
        return new HistoryReply { First = segments.Count > 0 ? segments[0].Offset : end, End = Math.Max(end, sender.Sent) };
    }

    private sealed class Sender(ClientConnection connection, int channel, long from)
    {
        private readonly byte[] _frame = new byte[FrameSize];
        private readonly SemaphoreSlim _isSent = new(0);
        private int _length = FrameHeader.Size;
        private long _start = from;
        private long _lastTime;
        private bool _isGone;

        /// <summary>The offset after the last byte of output that was sent; 0 when none was.</summary>
        public long Sent { get; private set; }

        /// <summary>The offset of the next byte of output that is wanted.</summary>
        private long Next { get; set; } = from;

        // Segments overlap by an unfinished sequence; what was sent already is cut off here.
        public bool Add(in JournalRecord record, ReadOnlySpan<byte> payload)
        {
            _lastTime = record.Time;
            switch (record.Kind)
            {
                case JournalRecordKind.Output:
                    payload = payload[(int)Math.Clamp(Next - record.Offset, 0, payload.Length)..];
                    AddOutput(record.Offset + record.Length - payload.Length, record.Time, payload);
                    break;
                case JournalRecordKind.Checkpoint:
                    break;
                case JournalRecordKind.Hole when payload.Length == sizeof(long):
                    AddHole(record, BinaryPrimitives.ReadInt64LittleEndian(payload));
                    break;
                default:
                    if (record.Offset >= Next)
                    {
                        Put(record, payload);
                    }

                    break;
            }

            return !_isGone;
        }

        /// <summary>What was printed behind the last record could not be kept, and the disk is still too full to say so in the journal itself.</summary>
        public void AddHoleUpTo(long end)
        {
            if (Next < end && !_isGone)
            {
                AddHole(new JournalRecord(JournalRecordKind.Hole, sizeof(long), Next, _lastTime), end);
            }
        }

        public void Flush()
        {
            if (_length == FrameHeader.Size || _isGone)
            {
                return;
            }

            new FrameHeader(FrameKind.History, channel, _start, Next).Write(_frame);
            connection.SendFrame(_frame.AsMemory(0, _length), sent =>
            {
                _isGone = !sent;
                _isSent.Release();
            });
            _isSent.Wait();
            _length = FrameHeader.Size;
            _start = Next;
        }

        private void AddHole(in JournalRecord record, long end)
        {
            if (end > Next)
            {
                Span<byte> payload = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(payload, end);
                Put(record, payload);
                Next = end;
            }
        }

        private void AddOutput(long offset, long time, ReadOnlySpan<byte> payload)
        {
            const int Room = FrameSize - FrameHeader.Size - JournalRecord.HeadSize;
            while (!payload.IsEmpty && !_isGone)
            {
                var piece = payload[..Math.Min(payload.Length, Room)];
                Put(new JournalRecord(JournalRecordKind.Output, piece.Length, offset, time), piece);
                offset += piece.Length;
                Next = Sent = offset;
                payload = payload[piece.Length..];
            }
        }

        private void Put(in JournalRecord record, ReadOnlySpan<byte> payload)
        {
            if (_length + JournalRecord.HeadSize + payload.Length > FrameSize)
            {
                Flush();
            }

            record.WriteHead(_frame.AsSpan(_length));
            payload.CopyTo(_frame.AsSpan(_length + JournalRecord.HeadSize));
            _length += JournalRecord.HeadSize + payload.Length;
        }
    }
}
