using Microsoft.Extensions.Logging;
using Tether.Daemon.Logging;

namespace Tether.Daemon;

internal static partial class DaemonLogEvents
{
    public static void Starting(this ILogger log, string version, int processId) =>
        log.Tell("Starting", $"tetherd {version} starts as process {processId}", ("Version", version), ("ProcessId", $"{processId}"));

    [LoggerMessage(Level = LogLevel.Warning, Message = "configuration: {Warning}")]
    public static partial void ConfigWarning(this ILogger log, string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "audit log: {Text}")]
    public static partial void Audit(this ILogger log, string text);

    [LoggerMessage(Level = LogLevel.Warning, Message = "keeper: {Text}")]
    public static partial void Keeper(this ILogger log, string text);

    public static void Recovered(this ILogger log, int running, int known) =>
        log.Tell("Recovered", $"{running} running sessions taken over, {known} known", ("Running", $"{running}"), ("Known", $"{known}"));

    [LoggerMessage(Level = LogLevel.Information, Message = "ending; sessions stay with the keeper")]
    public static partial void Ending(this ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "some sessions did not put their journals in order in time; the next daemon will replay them")]
    public static partial void ParkTimedOut(this ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "ended")]
    public static partial void Ended(this ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "notification: {Text}")]
    public static partial void Notification(this ILogger log, string text);

    [LoggerMessage(Level = LogLevel.Error, Message = "nobody could be told of an item of the queue")]
    public static partial void NotificationFailed(this ILogger log, Exception failure);
}
