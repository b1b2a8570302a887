using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>
/// What a transport hands on. Calls for one connection come one after another and may take long; those of different connections
/// come at the same time.
/// </summary>
internal interface IClientHandler
{
    void Opened(ClientConnection connection);

    void Message(ClientConnection connection, Message message);

    /// <summary>What came could not be read; the reason goes back as `bad-request`.</summary>
    void Malformed(ClientConnection connection, string reason);

    void Frame(ClientConnection connection, FrameHeader header, ReadOnlySpan<byte> payload);

    void Closed(ClientConnection connection);
}
