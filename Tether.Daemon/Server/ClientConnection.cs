using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>
/// One client, whatever it came by: the local socket or a WebSocket. The transport reads messages and frames and hands them to
/// <see cref="RequestHandler"/>; sessions and the handler send through it. Sends may come from any thread and keep their order.
/// </summary>
internal abstract class ClientConnection
{
    /// <summary>True for the local socket and the Unix WebSocket: the same user on the same machine, who may send an environment and any arguments.</summary>
    public abstract bool IsLocal { get; }

    /// <summary>The process that connected, as the kernel tells; 0 when it is not of this machine or not known, <see cref="SupervisedPeers.Gone"/> when it has left. It may have ended since.</summary>
    public virtual int ProcessId => 0;

    /// <summary>What it may ask for.</summary>
    public virtual ConnectionRights Rights => ConnectionRights.All;

    /// <summary>The name of the token by which it came; null for the user's own. Stands behind what the client calls itself, in lists and in the audit log.</summary>
    public virtual string? TokenName => null;

    /// <summary>What the client called itself at hello; untrusted text with controls removed.</summary>
    public string Name { get; set; } = "unknown client";

    /// <summary>What this connection is attached to; the handler's.</summary>
    public ClientChannels Channels { get; } = new();

    /// <summary>Sends a message. A connection that is gone swallows it.</summary>
    public abstract void Send(Message message);

    /// <summary>
    /// Sends a binary frame (head and payload) that stays the caller's until <paramref name="sent"/> is called, on any thread: with true
    /// when the frame is on its way and the buffer free again, with false when the connection is gone.
    /// One frame may be open at a time for each channel; messages sent afterwards come after it.
    /// </summary>
    public abstract void SendFrame(ReadOnlyMemory<byte> frame, Action<bool> sent);

    /// <summary>Ends the connection.</summary>
    public abstract void Close();
}
