using Tether.Protocol.Wire;

namespace Tether.Tui.Connection;

/// <summary>
/// One thing the daemon sent: a message, or a frame (<see cref="Message"/> is null) whose payload lasts until the next <see cref="IConnection.Fill"/>.
/// </summary>
internal readonly record struct Incoming(Message? Message, FrameHeader Header, ReadOnlyMemory<byte> Payload)
{
    public static Incoming Of(Message message) => new(message, default, default);

    public static Incoming Of(FrameHeader header, ReadOnlyMemory<byte> payload) => new(null, header, payload);
}
