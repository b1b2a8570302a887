using System.Net.WebSockets;
using Tether.Daemon.Server;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class WebSocketClientConnectionTests : IAsyncLifetime
{
    private WebSocketFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await WebSocketFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task A_bare_client_says_hello_and_is_welcomed()
    {
        var client = await _fixture.ConnectAsync();
        await _fixture.SendAsync(client, """{"type":"hello","id":7,"versions":[1],"client":"me"}""");
        Assert.Equal(7, Assert.IsType<WelcomeReply>(await _fixture.ReceiveMessageAsync(client)).Re);
    }

    [Fact]
    public async Task Messages_and_frames_arrive_in_order_whatever_their_fragments()
    {
        var client = await _fixture.ConnectAsync();
        await client.SendAsync("""{"type":"li"""u8.ToArray(), WebSocketMessageType.Text, false, _fixture.Stop);
        await client.SendAsync("""st","id":1}"""u8.ToArray(), WebSocketMessageType.Text, true, _fixture.Stop);
        await _fixture.SendAsync(client, Frame(FrameKind.Input, 3, 200_000));
        await _fixture.SendAsync(client, Frame(FrameKind.Input, 4, 0));
        await _fixture.SendAsync(client, """{"type":"list","id":2}""");
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _fixture.Stop);
        await _fixture.Handler.NextClosedAsync(_fixture.Stop);
        Assert.Equal(["opened", "ListRequest 1", "frame 3 200000", "frame 4 0", "ListRequest 2", "closed"], _fixture.Handler.Calls);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"type":"nonsense"}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"hello"}""")]
    [InlineData("""{"type":"list","id":"one"}""")]
    [InlineData("""{"type":"attach","session":"a","termios":"%%%"}""")]
    [InlineData("""{"type":"list","id":99999999999999999999}""")]
    public async Task A_message_that_is_none_is_answered_and_the_next_one_works(string json)
    {
        var client = await _fixture.ConnectAsync();
        await _fixture.SendAsync(client, json);
        Assert.Equal(ErrorCode.BadRequest, Assert.IsType<ErrorReply>(await _fixture.ReceiveMessageAsync(client)).Code);
        await _fixture.SendAsync(client, """{"type":"hello","versions":[1]}""");
        Assert.IsType<WelcomeReply>(await _fixture.ReceiveMessageAsync(client));
    }

    [Fact]
    public async Task Frames_that_no_client_sends_are_answered()
    {
        var client = await _fixture.ConnectAsync();
        foreach (var frame in new[] { [], new byte[23], Frame(FrameKind.Output, 1, 1), Frame((FrameKind)99, 1, 1) })
        {
            await _fixture.SendAsync(client, frame);
            Assert.Equal(ErrorCode.BadRequest, Assert.IsType<ErrorReply>(await _fixture.ReceiveMessageAsync(client)).Code);
        }
    }

    [Fact]
    public async Task After_a_hundred_senseless_messages_the_connection_ends()
    {
        var client = await _fixture.ConnectAsync();
        for (var i = 0; i < 100; i++)
        {
            await _fixture.SendAsync(client, "garbage");
        }

        var (status, reason) = await _fixture.ReceiveGoodbyeAsync(client);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, status);
        Assert.Contains("100", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_of_the_largest_size_arrives_and_a_larger_one_ends_the_connection()
    {
        var client = await _fixture.ConnectAsync();
        await _fixture.SendAsync(client, Frame(FrameKind.Input, 1, FrameHeader.MaxFrame - FrameHeader.Size));
        await _fixture.SendAsync(client, Frame(FrameKind.Input, 1, FrameHeader.MaxFrame - FrameHeader.Size + 1));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, (await _fixture.ReceiveGoodbyeAsync(client)).Status);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _fixture.Stop);
        await _fixture.Handler.NextClosedAsync(_fixture.Stop);
        Assert.Equal(["opened", $"frame 1 {FrameHeader.MaxFrame - FrameHeader.Size}", "closed"], _fixture.Handler.Calls);
    }

    [Fact]
    public async Task A_large_message_arrives_and_one_that_is_too_large_ends_the_connection()
    {
        var client = await _fixture.ConnectAsync();
        await _fixture.SendAsync(client, $$"""{"type":"list","id":1,"padding":"{{new string('x', 15 << 20)}}"}""");
        await _fixture.SendAsync(client, """{"type":"hello","versions":[1]}""");
        Assert.IsType<WelcomeReply>(await _fixture.ReceiveMessageAsync(client));
        var flood = _fixture.SendAsync(client, new string(' ', (16 << 20) + 1));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, (await _fixture.ReceiveGoodbyeAsync(client)).Status);
        await flood;
    }

    [Fact]
    public async Task Text_that_is_no_UTF_8_ends_the_connection_and_nothing_else()
    {
        var client = await _fixture.ConnectAsync();
        await client.SendAsync(new byte[] { 0xff, 0xfe }, WebSocketMessageType.Text, true, _fixture.Stop);
        await _fixture.Handler.NextClosedAsync(_fixture.Stop);
        await _fixture.ConnectAsync();
    }

    [Fact]
    public async Task A_request_that_takes_long_holds_up_nobody_else()
    {
        using var release = new ManualResetEventSlim();
        _fixture.Handler.OnMessage = (_, _) => release.Wait(_fixture.Stop);
        for (var i = 0; i < 40; i++)
        {
            await _fixture.SendAsync(await _fixture.ConnectAsync(), """{"type":"list"}""");
        }

        var client = await _fixture.ConnectAsync();
        await _fixture.SendAsync(client, """{"type":"hello","versions":[1]}""");
        Assert.IsType<WelcomeReply>(await _fixture.ReceiveMessageAsync(client));
        release.Set();
    }

    [Fact]
    public async Task What_is_sent_keeps_its_order_and_frames_are_given_back()
    {
        var client = await _fixture.ConnectAsync();
        var connection = await _fixture.Handler.NextOpenedAsync(_fixture.Stop);
        for (var i = 0; i < 100; i++)
        {
            connection.Send(new OkReply { Re = i });
            var isBack = new TaskCompletionSource<bool>();
            connection.SendFrame(Frame(FrameKind.Output, i, 300), isBack.SetResult);
            Assert.True(await isBack.Task.WaitAsync(_fixture.Stop));
        }

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(i, Assert.IsType<OkReply>(await _fixture.ReceiveMessageAsync(client)).Re);
            Assert.True(FrameHeader.TryRead((await _fixture.ReceiveAsync(client)).Bytes, out var header));
            Assert.Equal(i, header.Channel);
        }
    }

    [Fact]
    public async Task What_was_sent_before_the_close_still_arrives()
    {
        var client = await _fixture.ConnectAsync();
        var connection = await _fixture.Handler.NextOpenedAsync(_fixture.Stop);
        connection.Send(new OkReply { Re = 1 });
        connection.Close();
        connection.Send(new OkReply { Re = 2 });
        Assert.Equal(1, Assert.IsType<OkReply>(await _fixture.ReceiveMessageAsync(client)).Re);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, (await _fixture.ReceiveGoodbyeAsync(client)).Status);
    }

    [Fact]
    public async Task A_client_that_never_reads_costs_no_more_than_a_thousand_messages()
    {
        await _fixture.ConnectAsync();
        var connection = await _fixture.Handler.NextOpenedAsync(_fixture.Stop);
        var text = new string('x', 10_000);
        for (var i = 0; i < WebSocketSender.MostMessages + 500; i++)
        {
            connection.Send(new ErrorReply { Code = "x", Message = text });
        }

        var isBack = new TaskCompletionSource<bool>();
        connection.SendFrame(new byte[100], isBack.SetResult);
        Assert.False(await isBack.Task.WaitAsync(_fixture.Stop));
        Assert.Same(connection, await _fixture.Handler.NextClosedAsync(_fixture.Stop));
    }

    [Fact]
    public async Task A_frame_on_its_way_to_a_client_that_vanishes_is_given_back()
    {
        var client = await _fixture.ConnectAsync();
        var connection = await _fixture.Handler.NextOpenedAsync(_fixture.Stop);
        var isBack = new TaskCompletionSource<bool>();
        Send();
        client.Abort();
        Assert.False(await isBack.Task.WaitAsync(_fixture.Stop));
        await _fixture.Handler.NextClosedAsync(_fixture.Stop);
        connection.Send(new OkReply());
        Assert.Single(_fixture.Handler.Calls, call => call == "closed");

        // Until the socket's own buffers are full, every frame is on its way at once.
        void Send() => connection.SendFrame(new byte[1 << 20], isSent =>
        {
            if (isSent)
            {
                Send();
            }
            else
            {
                isBack.SetResult(false);
            }
        });
    }

    [Fact]
    public async Task A_handler_that_fails_ends_its_connection_and_no_other()
    {
        _fixture.Handler.OnMessage = (_, _) => throw new NotImplementedException("a bug");
        var other = await _fixture.ConnectAsync();
        var client = await _fixture.ConnectAsync();
        await _fixture.SendAsync(client, """{"type":"list"}""");
        Assert.Equal(WebSocketCloseStatus.InternalServerError, (await _fixture.ReceiveGoodbyeAsync(client)).Status);
        await _fixture.SendAsync(other, """{"type":"hello","versions":[1]}""");
        Assert.IsType<WelcomeReply>(await _fixture.ReceiveMessageAsync(other));
    }

    private static byte[] Frame(FrameKind kind, int channel, int payload)
    {
        var frame = new byte[FrameHeader.Size + payload];
        new FrameHeader(kind, channel, 0, 0).Write(frame);
        return frame;
    }
}
