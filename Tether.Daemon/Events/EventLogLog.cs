using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Events;

internal static partial class EventLogLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The event log could not be written ({Reason}); the next try is in {Seconds} s.")]
    public static partial void EventsFailed(this ILogger logger, string reason, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The event log can be written again, after {Failures} failures.")]
    public static partial void EventsRecovered(this ILogger logger, int failures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events were not kept: the event log could not be written, or not as fast as they came.")]
    public static partial void EventsGivenUp(this ILogger logger, long count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The event log was damaged ({Reason}) and is now {Path}; a new one begins.")]
    public static partial void EventsReplaced(this ILogger logger, string reason, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event log's file could not be closed: {Reason}.")]
    public static partial void EventsNotClosed(this ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The event log cannot be read: {Reason}.")]
    public static partial void EventsNotRead(this ILogger logger, string reason);
}
