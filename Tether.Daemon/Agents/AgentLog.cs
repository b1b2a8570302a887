using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Agents;

/// <summary>What the daemon's log says about agents.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Agent} of session {Session} starts without hooks: {Reason}")]
    public static partial void NotPrepared(this ILogger log, string agent, string session, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "a hook of {Agent} in session {Session} said what was not understood: {Reason}")]
    public static partial void HookNotUnderstood(this ILogger log, string agent, string session, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "what happened in a session could not be followed")]
    public static partial void SupervisionFailed(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "no connection to the protocol of {Agent} in session {Session}: {Reason}")]
    public static partial void NoLink(this ILogger log, string agent, string session, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "session {Session}: {Agent} is not reached: {Reason}")]
    public static partial void AgentNotReached(this ILogger log, string agent, string session, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "session {Session}: the link to {Agent} failed")]
    public static partial void LinkFailed(this ILogger log, string agent, string session, Exception exception);
}
