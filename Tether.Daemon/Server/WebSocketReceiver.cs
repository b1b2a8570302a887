using System.Net.WebSockets;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>
/// The incoming half of a WebSocket: puts fragments together to whole messages, within the limits. Blocks; belongs to the connection's thread.
/// </summary>
internal sealed class WebSocketReceiver(WebSocket socket)
{
    private const int Usual = 16 << 10;

    private byte[] _buffer = new byte[Usual];

    /// <summary>Why nothing more is received, when <see cref="Receive"/> says so; null when the peer said goodbye.</summary>
    public string? TooLarge { get; private set; }

    /// <summary>The next whole message, valid until the next call. False when there is none any more.</summary>
    /// <exception cref="WebSocketException">The connection is gone, or what came is no WebSocket.</exception>
    public bool Receive(out WebSocketMessageType type, out ReadOnlySpan<byte> message)
    {
        message = default;
        var length = 0;
        if (_buffer.Length > 1 << 20)
        {
            // One large message does not make a large connection.
            _buffer = new byte[Usual];
        }

        while (true)
        {
            var received = socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            type = received.MessageType;
            if (type == WebSocketMessageType.Close)
            {
                return false;
            }

            length += received.Count;
            var limit = type == WebSocketMessageType.Binary ? FrameHeader.MaxFrame : LocalFrame.MaxJson;
            if (length > limit)
            {
                TooLarge = $"a {(type == WebSocketMessageType.Binary ? "frame" : "message")} is at most {limit} bytes";
                return false;
            }

            if (received.EndOfMessage)
            {
                message = _buffer.AsSpan(0, length);
                return true;
            }

            if (length == _buffer.Length)
            {
                // One byte more than allowed, so that too much is noticed.
                Array.Resize(ref _buffer, Math.Min(_buffer.Length * 4, limit + 1));
            }
        }
    }
}
