using System.Net.Sockets;
using System.Net.WebSockets;

namespace Tether.Testing.Wire;

/// <summary>A bare ClientWebSocket over the Unix socket, as anybody would write it.</summary>
public sealed class WebSocketTransport : Transport
{
    private readonly ClientWebSocket _socket;
    private readonly HttpMessageInvoker _invoker;
    private readonly byte[] _buffer = new byte[2 << 20];

    private WebSocketTransport(ClientWebSocket socket, HttpMessageInvoker invoker)
    {
        _socket = socket;
        _invoker = invoker;
    }

    public static async Task<WebSocketTransport> Connect(string socketPath, string uri = "ws://localhost/v1", string protocol = "tether.v1")
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var invoker = new HttpMessageInvoker(handler);
        var client = new ClientWebSocket();
        client.Options.AddSubProtocol(protocol);
        using var patience = new CancellationTokenSource(Patience.Usual);
        await client.ConnectAsync(new Uri(uri), invoker, patience.Token);
        return new WebSocketTransport(client, invoker);
    }

    public override Task Send(ReadOnlyMemory<byte> payload, bool isBinary) =>
        _socket.SendAsync(payload, isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, CancellationToken.None).AsTask();

    public override async Task<Received?> Receive()
    {
        try
        {
            var length = 0;
            while (true)
            {
                var result = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
                length += result.Count;
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                if (result.EndOfMessage)
                {
                    return new Received(_buffer[..length], result.MessageType == WebSocketMessageType.Binary);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _invoker.Dispose();
        return ValueTask.CompletedTask;
    }
}
