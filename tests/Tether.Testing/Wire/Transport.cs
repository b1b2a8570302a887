namespace Tether.Testing.Wire;

/// <summary>A way to reach the daemon that carries whole JSON messages and whole binary frames.</summary>
public abstract class Transport : IAsyncDisposable
{
    public abstract Task Send(ReadOnlyMemory<byte> payload, bool isBinary);

    /// <summary>The next message or frame; null when the daemon has closed the connection.</summary>
    public abstract Task<Received?> Receive();

    public abstract ValueTask DisposeAsync();

    /// <summary>One message (UTF-8 JSON) or one binary frame with its head.</summary>
    public sealed record Received(byte[] Payload, bool IsBinary);
}
