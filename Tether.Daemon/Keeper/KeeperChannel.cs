using System.Buffers.Binary;
using Tether.Daemon.Native;

namespace Tether.Daemon.Keeper;

/// <summary>One end of the connection between daemon and keeper: 4 bytes of length (little-endian), then JSON, each with at most one descriptor.</summary>
internal sealed class KeeperChannel(UnixSocket socket) : IDisposable
{
    // An environment and arguments as large as the kernel takes (2 MiB), escaped.
    private const int MaxMessage = 16 << 20;

    private readonly Lock _sending = new();

    public int Descriptor => socket.Descriptor;

    public static KeeperChannel? Connect(string path) => UnixSocket.Connect(path) is { } socket ? new KeeperChannel(socket) : null;

    /// <summary>Sends a message; the descriptor, if any, stays the caller's. False when the other end is gone.</summary>
    public bool Send(KeeperMessage message, int descriptor = -1)
    {
        var json = KeeperJson.Encode(message);
        var frame = new byte[4 + json.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, json.Length);
        json.CopyTo(frame, 4);
        lock (_sending)
        {
            return socket.Send(frame, descriptor);
        }
    }

    /// <summary>The next message, or null when the other end is gone. The descriptor that came along is now the caller's; -1 for none.</summary>
    /// <exception cref="InvalidDataException">The other end does not speak this protocol.</exception>
    public KeeperMessage? Receive(out int descriptor)
    {
        descriptor = -1;
        Span<byte> head = stackalloc byte[4];
        if (!socket.Receive(head, ref descriptor))
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is <= 0 or > MaxMessage)
        {
            throw new InvalidDataException($"a message of {length} bytes");
        }

        var json = new byte[length];
        if (!socket.Receive(json, ref descriptor))
        {
            return null;
        }

        try
        {
            return KeeperJson.Decode(json);
        }
        catch (FormatException)
        {
            return new KeeperMessage.Refused("", "not understood", 0);
        }
    }

    public void Shutdown() => socket.Shutdown();

    public void Dispose()
    {
        // Nobody sends on a number that may be another file's by then.
        socket.Shutdown();
        lock (_sending)
        {
            socket.Dispose();
        }
    }
}
