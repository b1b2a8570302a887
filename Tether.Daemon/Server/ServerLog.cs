using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Server;

internal static partial class ServerLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Request} failed")]
    public static partial void RequestFailed(this ILogger log, string request, Exception exception);
}
