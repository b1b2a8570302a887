using Tether.Protocol.Wire;
using Tether.Protocol.Wire.Hot;
using Tether.Tui.Native;

namespace Tether.Tui.Connection;

/// <summary>The local socket: blocking, synchronous, able to pass descriptors. See <see cref="LocalFrame"/> for the bytes.</summary>
internal sealed class LocalConnection : IConnection
{
    private int _socket;
    private readonly FrameReader _reader = new();
    private HelloRequest? _hello;

    private LocalConnection(int socket, HelloRequest hello)
    {
        _socket = socket;
        _hello = hello;
    }

    public int WaitDescriptor => _socket;

    public bool CanLend => true;

    public WelcomeReply? Welcome { get; private set; }

    /// <summary>Null when nobody listens at the path.</summary>
    public static LocalConnection? TryOpen(string path, HelloRequest hello)
    {
        var socket = UnixSocket.TryConnect(path);
        return socket < 0 ? null : new LocalConnection(socket, hello);
    }

    public bool Send(Message message, int descriptor = -1)
    {
        var head = TakeHello();
        if (descriptor < 0)
        {
            return UnixSocket.Send(_socket, [.. head, .. Encode(message)]);
        }

        // The descriptor belongs to the message whose first byte it travels with.
        return (head.Length == 0 || UnixSocket.Send(_socket, head)) && UnixSocket.Send(_socket, Encode(message), descriptor);
    }

    public bool SendFrame(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[LocalFrame.HeadSize + FrameHeader.Size + payload.Length];
        LocalFrame.WriteHead(frame, FrameHeader.Size + payload.Length, LocalFrame.Binary);
        header.Write(frame.AsSpan(LocalFrame.HeadSize));
        payload.CopyTo(frame.AsSpan(LocalFrame.HeadSize + FrameHeader.Size));
        return UnixSocket.Send(_socket, frame);
    }

    public bool TryRead(out Incoming incoming)
    {
        while (_reader.TryRead(out incoming))
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
        var count = Descriptor.Read(_socket, _reader.Space());
        _reader.Filled(Math.Max(count, 0));
        return count > 0;
    }

    public void Dispose()
    {
        Descriptor.Close(_socket);
        _socket = -1;
    }

    private byte[] TakeHello()
    {
        var bytes = _hello is null ? [] : Encode(_hello);
        _hello = null;
        return bytes;
    }

    private static byte[] Encode(Message message)
    {
        var json = HotEncoder.Encode(message);
        var bytes = new byte[LocalFrame.HeadSize + json.Length];
        LocalFrame.WriteHead(bytes, json.Length, LocalFrame.Json);
        json.CopyTo(bytes, LocalFrame.HeadSize);
        return bytes;
    }
}
