namespace Tether.Daemon.Server;

/// <summary>A request that cannot be carried out: becomes an <see cref="Protocol.Wire.ErrorReply"/> with this code and text.</summary>
internal sealed class RequestError(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
