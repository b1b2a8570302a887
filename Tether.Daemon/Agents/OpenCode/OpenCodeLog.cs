using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Agents.OpenCode;

internal static partial class OpenCodeLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "session {Session}: opencode is not reached: {Reason}")]
    public static partial void OpenCodeNotReached(this ILogger log, string session, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "session {Session}: the link to opencode failed")]
    public static partial void OpenCodeLinkFailed(this ILogger log, string session, Exception exception);
}
