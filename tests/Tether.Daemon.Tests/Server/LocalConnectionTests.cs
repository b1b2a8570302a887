using System.Text;
using Tether.Daemon.Native;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class LocalConnectionTests : IDisposable
{
    private const string Hello = """{"type":"hello","id":7,"versions":[1],"client":"me"}""";

    private readonly LocalRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_message_is_handed_on_and_answered()
    {
        using var client = _rig.Connect();
        LocalRig.Send(client, Hello);
        Assert.Contains("\"re\":7", LocalRig.Receive(client));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"no-such\"}")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":null}")]
    [InlineData("{\"type\":\"rename\"}")]
    [InlineData("{\"type\":\"rename\",\"session\":null,\"title\":\"x\"}")]
    [InlineData("{\"type\":\"input\",\"session\":\"x\",\"text\":null}")]
    [InlineData("{\"type\":\"hello\",\"versions\":null}")]
    [InlineData("{\"type\":\"hello\",\"versions\":\"1\"}")]
    [InlineData("{\"type\":\"hello\",\"versions\":[1],\"client\":\"\\ud800\"}x")]
    [InlineData("\u0001\u0002")]
    [InlineData("{\"type\":\"attach\",\"session\":\"x\",\"columns\":1e400}")]
    public void Garbage_is_answered_and_the_connection_goes_on(string garbage)
    {
        using var client = _rig.Connect();
        LocalRig.Send(client, garbage);
        Assert.Contains("bad-request", LocalRig.Receive(client));
        LocalRig.Send(client, Hello);
        Assert.Contains("\"re\":7", LocalRig.Receive(client));
    }

    [Fact]
    public void Any_json_with_any_bytes_in_it_harms_nobody()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            using var client = _rig.Connect();
            var garbage = System.Text.Encoding.Latin1.GetBytes(Hello);
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                garbage[random.Next(garbage.Length)] = (byte)random.Next(256);
            }

            var frame = new byte[LocalFrame.HeadSize + garbage.Length];
            LocalFrame.WriteHead(frame, garbage.Length, LocalFrame.Json);
            garbage.CopyTo(frame, LocalFrame.HeadSize);
            client.Send(frame);
            Assert.Matches("bad-request|welcome", LocalRig.Receive(client));
        }
    }

    [Fact]
    public void Garbage_without_end_ends_the_connection()
    {
        using var client = _rig.Connect();
        for (var i = 0; i < 100; i++)
        {
            LocalRig.Send(client, "garbage");
            Assert.Contains("bad-request", LocalRig.Receive(client));
        }

        Assert.Null(LocalRig.Receive(client));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(int.MaxValue, 0)]
    [InlineData(LocalFrame.MaxJson + 1, 0)]
    [InlineData(FrameHeader.MaxFrame + 1, 1)]
    [InlineData(FrameHeader.Size - 1, 1)]
    [InlineData(100, 2)]
    public void A_head_that_cannot_be_is_said_and_is_the_end(int length, byte kind)
    {
        using var client = _rig.Connect();
        var head = new byte[LocalFrame.HeadSize];
        LocalFrame.WriteHead(head, length, kind);
        client.Send(head);
        Assert.Contains("bad-request", LocalRig.Receive(client));
        Assert.Null(LocalRig.Receive(client));
    }

    [Fact]
    public void Frames_are_handed_on_and_unknown_ones_are_refused()
    {
        using var client = _rig.Connect();
        var frame = new byte[FrameHeader.Size + 3];
        new FrameHeader(FrameKind.Input, 5, 0, 0).Write(frame);
        LocalRig.SendFrame(client, frame);
        frame[0] = 99;
        LocalRig.SendFrame(client, frame);
        Assert.Contains("bad-request", LocalRig.Receive(client));
        Assert.Contains("frame 5 3", _rig.Handler.Calls);
    }

    [Fact]
    public void A_thousand_clients_one_after_another_leave_nothing_open()
    {
        for (var i = 0; i < 1000; i++)
        {
            using var client = _rig.Connect();
            client.Send([1, 2, 3]);
        }

        using var last = _rig.Connect();
        LocalRig.Send(last, Hello);
        Assert.Contains("\"re\":7", LocalRig.Receive(last));
        Assert.True(SpinWait.SpinUntil(() => _rig.Handler.Calls.Count(call => call == "closed") >= 1000, Soon.Limit));
    }

    [Fact]
    public void A_descriptor_that_nobody_wants_is_closed()
    {
        using var pty = new PtyPair();
        using var client = _rig.Connect();
        var before = OpenDescriptors.Count(pty.Name);
        for (var i = 0; i < 20; i++)
        {
            LocalRig.Send(client, Hello, pty.Slave);
            LocalRig.Receive(client);
        }

        LocalRig.Send(client, "garbage", pty.Slave);
        LocalRig.Receive(client);
        client.Dispose();
        Assert.True(SpinWait.SpinUntil(() => OpenDescriptors.Count(pty.Name) == before, Soon.Limit));
    }

    [Fact]
    public void Messages_keep_their_order_and_come_whole_to_a_client_that_is_slow()
    {
        var text = new string('x', 1000);
        _rig.Handler.OnMessage = (connection, _) =>
        {
            for (var i = 0; i < 3000; i++)
            {
                connection.Send(new TextNotice { Channel = i, Text = text });
            }
        };
        using var client = _rig.Connect();
        LocalRig.Send(client, """{"type":"status","id":1}""");
        for (var i = 0; i < 3000; i++)
        {
            Assert.Equal(new TextNotice { Channel = i, Text = text }, WireJson.Decode(Encoding.UTF8.GetBytes(LocalRig.Receive(client)!)));
        }
    }

    [Fact]
    public void A_client_that_never_reads_is_let_go_before_it_costs_much()
    {
        var text = new string('x', 1 << 20);
        var sent = 0;
        _rig.Handler.OnMessage = (connection, _) =>
        {
            for (; sent < 100; sent++)
            {
                connection.Send(new TextNotice { Text = text });
            }
        };
        using var client = _rig.Connect();
        LocalRig.Send(client, """{"type":"status","id":1}""");
        using var limit = new CancellationTokenSource(Soon.Limit);
        _rig.Handler.NextClosedAsync(limit.Token).AsTask().Result();
        Assert.Equal(100, sent);
    }
}
