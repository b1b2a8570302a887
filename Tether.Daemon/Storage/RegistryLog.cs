using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Storage;

internal static partial class RegistryLog
{
    // Not information: the first line that is formatted costs a start ten milliseconds.
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Sessions} sessions were read from {Path} in {Milliseconds} ms.")]
    public static partial void Loaded(this ILogger logger, int sessions, string path, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "The registry {Path} cannot be read: {Reason}. Sessions that run are found again by their keeper.")]
    public static partial void LoadFailed(this ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The registry was damaged ({Reason}) and is now {Path}; a new one begins.")]
    public static partial void Replaced(this ILogger logger, string reason, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The registry could not be written ({Reason}); the next try is in {Seconds} s.")]
    public static partial void WriteFailed(this ILogger logger, string reason, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The registry can be written again, after {Failures} failures.")]
    public static partial void Recovered(this ILogger logger, int failures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The registry's file could not be closed: {Reason}.")]
    public static partial void CloseFailed(this ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The daemon ends with {Sessions} sessions' and {Items} items' last changes not written.")]
    public static partial void GivenUp(this ILogger logger, int sessions, int items);
}
