using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Agents.Codex;

internal static partial class CodexLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "session {Session}: codex' server is not reached: {Reason}")]
    public static partial void CodexNotReached(this ILogger log, string session, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "session {Session}: the link to codex' server failed")]
    public static partial void CodexLinkFailed(this ILogger log, string session, Exception exception);
}
