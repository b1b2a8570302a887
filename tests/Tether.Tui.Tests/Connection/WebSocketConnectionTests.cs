using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Connection;

public sealed class WebSocketConnectionTests
{
    private static readonly HelloRequest Hello = new() { Id = 9, Versions = [1] };

    [Fact]
    public async Task Messages_and_frames_go_both_ways()
    {
        var path = TestEnvironment.NewPath();
        using var listener = Listen(path);
        var server = ServeAsync(listener);
        using (var connection = WebSocketConnection.TryOpen(path, Hello)!)
        {
            using var client = new DaemonClient(connection);
            Incoming? unasked = null;
            client.Unasked = incoming => unasked = incoming;
            client.Ask<OkReply>(new ShutdownRequest());
            Assert.Equal((FrameKind.Output, "hi"), (unasked!.Value.Header.Kind, Encoding.UTF8.GetString(unasked.Value.Payload.Span)));
            Assert.True(connection.SendFrame(new FrameHeader(FrameKind.Input, 3, 0, 0), "typed"u8));
            Assert.False(connection.CanLend);
            while (connection.Fill())
            {
                // Until the server closes.
            }
        }

        Assert.Equal(["hello", "shutdown", "typed"], await server);
    }

    [Fact]
    public void Nobody_listening_is_no_connection() => Assert.Null(WebSocketConnection.TryOpen(TestEnvironment.NewPath(), Hello));

    private static Socket Listen(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return listener;
    }

    // The bare server side: two requests, an answer with a frame before it, one frame, close.
    private static async Task<List<string>> ServeAsync(Socket listener)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await using var stream = new NetworkStream(await listener.AcceptAsync(timeout.Token), ownsSocket: true);
        var request = await ReadHeadAsync(stream, timeout.Token);
        Assert.StartsWith("GET /v1 ", request, StringComparison.Ordinal);
        var key = request.Split("\r\n").First(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))[18..].Trim();
#pragma warning disable CA5350 // The handshake of RFC 6455 is SHA-1.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: tether.v1\r\n\r\n"), timeout.Token);

        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = "tether.v1" });
        var seen = new List<string>();
        var buffer = new byte[4096];
        for (var i = 0; i < 2; i++)
        {
            var received = await socket.ReceiveAsync(buffer, timeout.Token);
            seen.Add(WireJson.Decode(buffer.AsSpan(0, received.Count)) is HelloRequest ? "hello" : "shutdown");
        }

        await SendAsync(socket, new WelcomeReply { Re = 9, Version = 1, Daemon = "d", ProcessId = 1, Host = "h" });
        await socket.SendAsync(FakeDaemon.Frame(FrameKind.Output, "hi"), WebSocketMessageType.Binary, true, timeout.Token);
        await SendAsync(socket, new OkReply { Re = 1 });
        var frame = await socket.ReceiveAsync(buffer, timeout.Token);
        seen.Add(Encoding.UTF8.GetString(buffer, FrameHeader.Size, frame.Count - FrameHeader.Size));
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
        return seen;
    }

    private static Task SendAsync(WebSocket socket, Message message) =>
        socket.SendAsync(WireJson.Encode(message), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, cancellation) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
