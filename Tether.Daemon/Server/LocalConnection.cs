using System.Text.Json;
using Tether.Daemon.Native;
using Tether.Protocol.Wire;
using Tether.Protocol.Wire.Hot;

namespace Tether.Daemon.Server;

/// <summary>
/// One client of the local socket. A thread of its own reads its messages and carries them out, so that one that waits holds up nobody else.
/// </summary>
internal sealed class LocalConnection : ClientConnection
{
    // Garbage this often is an attack or a bug, not a slip.
    private const int MaxMalformed = 100;

    private readonly UnixSocket _socket;
    private readonly Outbox _outbox;
    private readonly IClientHandler _handler;
    private int _received = -1;

    public LocalConnection(UnixSocket socket, IClientHandler handler)
    {
        _socket = socket;
        _outbox = new Outbox(socket);
        _handler = handler;
        ProcessId = socket.Peer().ProcessId;
    }

    public override bool IsLocal => true;

    public override int ProcessId { get; }

    /// <summary>The descriptor that came with the message that is being handled, now the caller's; -1 when none did.</summary>
    public int TakeDescriptor()
    {
        var descriptor = _received;
        _received = -1;
        return descriptor;
    }

    public override void Send(Message message)
    {
        var json = HotEncoder.Encode(message);
        var bytes = new byte[LocalFrame.HeadSize + json.Length];
        LocalFrame.WriteHead(bytes, json.Length, LocalFrame.Json);
        json.CopyTo(bytes, LocalFrame.HeadSize);
        _outbox.Send(bytes);
    }

    public override void SendFrame(ReadOnlyMemory<byte> frame, Action<bool> sent)
    {
        var head = new byte[LocalFrame.HeadSize];
        LocalFrame.WriteHead(head, frame.Length, LocalFrame.Binary);
        _outbox.Send(head, frame, sent);
    }

    public override void Close() => _outbox.Close();

    /// <summary>Reads until the client is gone. On the connection's own thread.</summary>
    public void Run()
    {
        _handler.Opened(this);
        try
        {
            Receive();
        }
        finally
        {
            _handler.Closed(this);
            _outbox.CloseAndWait();
            CloseDescriptor();
            _socket.Dispose();
        }
    }

    private void Receive()
    {
        var head = new byte[LocalFrame.HeadSize];
        var body = new byte[4096];
        for (var malformed = 0; malformed < MaxMalformed && _socket.Receive(head, ref _received);)
        {
            if (!LocalFrame.TryReadHead(head, out var length, out var kind))
            {
                // Where the next message begins cannot be known any more.
                _handler.Malformed(this, $"the head of a message is wrong: length {length}, kind {kind}; see PROTOCOL.md, `The local socket`");
                return;
            }

            if (body.Length < length)
            {
                body = new byte[Math.Max(length, body.Length * 2)];
            }

            var payload = body.AsSpan(0, length);
            if (!_socket.Receive(payload, ref _received))
            {
                return;
            }

            malformed += Handle(kind, payload) ? 0 : 1;
            CloseDescriptor();
            if (body.Length > 1 << 20)
            {
                body = new byte[4096];
            }
        }
    }

    private bool Handle(byte kind, ReadOnlySpan<byte> payload)
    {
        if (kind == LocalFrame.Binary)
        {
            if (!FrameHeader.TryRead(payload, out var header))
            {
                _handler.Malformed(this, "a binary frame of an unknown kind");
                return false;
            }

            _handler.Frame(this, header, payload[FrameHeader.Size..]);
            return true;
        }

        Message message;
        try
        {
            message = HotDecoder.Decode(payload);
        }
        catch (JsonException e)
        {
            _handler.Malformed(this, $"not a message: {e.Message}");
            return false;
        }

        _handler.Message(this, message);
        return true;
    }

    private void CloseDescriptor()
    {
        if (_received >= 0)
        {
            _ = Libc.close(TakeDescriptor());
        }
    }
}
