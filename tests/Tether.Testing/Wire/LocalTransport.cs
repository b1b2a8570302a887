using System.Buffers.Binary;
using System.Net.Sockets;

namespace Tether.Testing.Wire;

/// <summary>The local socket: each message behind 8 bytes, its length (u32) and its kind (0 JSON, 1 binary), little-endian.</summary>
public sealed class LocalTransport : Transport
{
    private readonly NetworkStream _stream;

    private LocalTransport(NetworkStream stream) => _stream = stream;

    public static async Task<LocalTransport> Connect(string socketPath)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath)).WaitAsync(Patience.Usual);
        return new LocalTransport(new NetworkStream(socket, ownsSocket: true));
    }

    public override async Task Send(ReadOnlyMemory<byte> payload, bool isBinary)
    {
        var whole = new byte[8 + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(whole, payload.Length);
        whole[4] = isBinary ? (byte)1 : (byte)0;
        payload.CopyTo(whole.AsMemory(8));
        await _stream.WriteAsync(whole);
    }

    public override async Task<Received?> Receive()
    {
        try
        {
            var head = new byte[8];
            await _stream.ReadExactlyAsync(head);
            var payload = new byte[BinaryPrimitives.ReadInt32LittleEndian(head)];
            await _stream.ReadExactlyAsync(payload);
            return new Received(payload, head[4] == 1);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    public override ValueTask DisposeAsync() => _stream.DisposeAsync();
}
