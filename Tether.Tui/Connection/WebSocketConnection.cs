using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading.Channels;
using Tether.Protocol.Wire;
using Tether.Protocol.Wire.Hot;
using Tether.Tui.Native;

namespace Tether.Tui.Connection;

/// <summary>
/// The same conversation over WebSocket, on the Unix socket that serves it. One loop receives and hands over by a bounded queue, with a byte in a pipe
/// for each, so that the owner's poll sees it; when the owner does not take, the loop stops reading.
/// </summary>
internal sealed class WebSocketConnection : IConnection
{
    private const string Subprotocol = "tether.v1";
    private const int QueueLength = 64;

    private readonly ClientWebSocket _socket;
    private readonly CancellationTokenSource _closing = new();
    private readonly (int Read, int Write) _wake = Descriptor.Pipe();
    private readonly Channel<Incoming> _arrived = Channel.CreateBounded<Incoming>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, SingleWriter = true });

    private readonly Task _receiver;
    private HelloRequest? _hello;
    private bool _isDisposed;

    private WebSocketConnection(ClientWebSocket socket, HelloRequest hello)
    {
        _socket = socket;
        _hello = hello;
        _receiver = Task.Run(() => ReceiveAsync(_closing.Token));
    }

    public int WaitDescriptor => _wake.Read;

    public bool CanLend => false;

    public WelcomeReply? Welcome { get; private set; }

    /// <summary>Null when nobody serves WebSockets at the path.</summary>
    public static WebSocketConnection? TryOpen(string path, HelloRequest hello)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Subprotocol);
        try
        {
            using var invoker = new HttpMessageInvoker(new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellation) => new NetworkStream(await ConnectAsync(path, cancellation).ConfigureAwait(false), ownsSocket: true),
            });
            socket.ConnectAsync(new Uri("ws://localhost/v1"), invoker, CancellationToken.None).GetAwaiter().GetResult();
            return new WebSocketConnection(socket, hello);
        }
        catch (Exception e) when (e is WebSocketException or SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    public bool Send(Message message, int descriptor = -1)
    {
        var hello = _hello;
        _hello = null;
        return (hello is null || Send(HotEncoder.Encode(hello), WebSocketMessageType.Text))
            && Send(HotEncoder.Encode(message), WebSocketMessageType.Text);
    }

    public bool SendFrame(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameHeader.Size + payload.Length];
        header.Write(frame);
        payload.CopyTo(frame.AsSpan(FrameHeader.Size));
        return Send(frame, WebSocketMessageType.Binary);
    }

    public bool TryRead(out Incoming incoming)
    {
        while (_arrived.Reader.TryRead(out incoming))
        {
            if (incoming.Message is not WelcomeReply welcome)
            {
                return true;
            }

            Welcome = welcome;
        }

        return false;
    }

    public bool Fill()
    {
        Span<byte> wakes = stackalloc byte[QueueLength];
        return Descriptor.Read(_wake.Read, wakes) > 0;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _closing.Cancel();
        _receiver.GetAwaiter().GetResult();
        _socket.Dispose();
        _closing.Dispose();
        Descriptor.Close(_wake.Read);
    }

    private static async Task<Socket> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool Send(byte[] bytes, WebSocketMessageType type)
    {
        try
        {
            _socket.SendAsync(bytes, type, endOfMessage: true, _closing.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            while (await ReceiveOneAsync(cancellation).ConfigureAwait(false) is { } incoming)
            {
                await _arrived.Writer.WriteAsync(incoming, cancellation).ConfigureAwait(false);
                Descriptor.Write(_wake.Write, [1]);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or System.Text.Json.JsonException or TetherException)
        {
            // The pipe's end tells the owner that there is no daemon any more.
        }
        finally
        {
            Descriptor.Close(_wake.Write);
        }
    }

    // Null when the daemon closes.
    private async Task<Incoming?> ReceiveOneAsync(CancellationToken cancellation)
    {
        var body = new MemoryStream();
        var buffer = new byte[64 << 10];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close || body.Length + part.Count > LocalFrame.MaxJson)
            {
                return null;
            }

            body.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return FrameReader.Decode(part.MessageType == WebSocketMessageType.Text ? LocalFrame.Json : LocalFrame.Binary, body.ToArray());
    }
}
