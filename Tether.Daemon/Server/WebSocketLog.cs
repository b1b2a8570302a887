using Microsoft.Extensions.Logging;
using Tether.Daemon.Logging;

namespace Tether.Daemon.Server;

internal static partial class WebSocketLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A message of {Client} could not be handled; its connection ends.")]
    public static partial void ClientFailed(this ILogger log, string client, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending to a client failed; its connection ends.")]
    public static partial void SendFailed(this ILogger log, Exception exception);

    public static void Listening(this ILogger log, string where) => log.Tell("Listening", $"Listening on {where}.", ("Where", where));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem}")]
    public static partial void CannotListen(this ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection of user {User} was refused; only user {Owner} may come in.")]
    public static partial void PeerRefused(this ILogger log, uint user, uint owner);

    [LoggerMessage(Level = LogLevel.Error, Message = "A connection could not be served.")]
    public static partial void NotServed(this ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request was refused: {Reason}")]
    public static partial void RequestRefused(this ILogger log, string reason);
}
