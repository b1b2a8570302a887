using Tether.Daemon.Journal;
using Tether.Daemon.Server;
using Tether.Daemon.Tests.Journal;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class HistoryRequestsTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly FakeConnection _client = new();
    private readonly JournalRig _journal;

    public HistoryRequestsTests()
    {
        _journal = new JournalRig(_scratch.File("j"));
        _journal.PrintSomething(500_000);
        _journal.Resize(90, 30);
        _journal.PrintSomething(100_000);
        _journal.Journal.Flush();
    }

    public void Dispose()
    {
        _journal.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(123_456)]
    [InlineData(-5)]
    public void Every_byte_from_an_offset_on_comes_once_in_whole_records(long from)
    {
        var reply = Send(from);
        var start = Math.Max(0, from);
        Assert.Equal(_journal.Written.ToArray()[(int)start..], Output(start));
        Assert.Equal((0L, _journal.Written.Length), (reply.First, reply.End));
        Assert.All(_client.WaitingFrames(), frame => Assert.Equal((FrameKind.History, 5), (frame.Header.Kind, frame.Header.Channel)));
    }

    [Fact]
    public void Frames_join_and_none_is_larger_than_a_frame_may_be()
    {
        Send(0);
        long next = 0;
        foreach (var (header, payload) in _client.WaitingFrames())
        {
            Assert.Equal(next, header.Offset);
            Assert.InRange(payload.Length, 1, FrameHeader.MaxFrame - FrameHeader.Size);
            next = header.End;
        }

        Assert.Equal(_journal.Written.Length, next);
    }

    [Fact]
    public void Resizes_come_along_and_checkpoints_do_not()
    {
        Send(0);
        var kinds = Records().Select(record => record.Kind).Distinct().Order();
        Assert.Equal([JournalRecordKind.Output, JournalRecordKind.Resize], kinds);
    }

    [Fact]
    public void From_behind_the_end_there_is_nothing()
    {
        var reply = Send(1L << 40);
        Assert.Empty(_client.WaitingFrames());
        Assert.Equal(_journal.Written.Length, reply.End);
    }

    [Fact]
    public void A_journal_that_is_gone_has_no_history()
    {
        var reply = new HistoryRequests().Send(_client, new HistoryRequest { Session = "x" }, _scratch.File("none"), 77);
        Assert.Equal((77L, 77L), (reply.First, reply.End));
    }

    private HistoryReply Send(long from) =>
        new HistoryRequests().Send(_client, new HistoryRequest { Id = 5, Session = "x", From = from }, _journal.Directory, _journal.Written.Length);

    private List<(JournalRecordKind Kind, long Offset, byte[] Payload)> Records()
    {
        var records = new List<(JournalRecordKind, long, byte[])>();
        foreach (var (_, payload) in _client.WaitingFrames())
        {
            for (var at = 0; at < payload.Length;)
            {
                Assert.True(JournalRecord.TryReadHead(payload.AsSpan(at), out var record));
                at += JournalRecord.HeadSize;
                records.Add((record.Kind, record.Offset, payload[at..(at + record.Length)]));
                at += record.Length;
            }
        }

        return records;
    }

    private byte[] Output(long next)
    {
        var all = new List<byte>();
        foreach (var (kind, offset, payload) in Records())
        {
            if (kind == JournalRecordKind.Output)
            {
                Assert.Equal(next, offset);
                all.AddRange(payload);
                next += payload.Length;
            }
        }

        return [.. all];
    }
}
