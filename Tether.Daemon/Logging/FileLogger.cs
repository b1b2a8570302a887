using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Logging;

/// <summary>One category's logger.</summary>
internal sealed class FileLogger(LogWriter writer, string category, LogLevel minimum, TimeProvider time) : ILogger
{
    // Kestrel's and the hosting's own information is about each request; it is wanted only by who asks for more.
    private readonly LogLevel _minimum = category.StartsWith("Microsoft.", StringComparison.Ordinal) && minimum == LogLevel.Information
        ? LogLevel.Warning
        : minimum;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= _minimum && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // Short, because it is compiled anew for every sort of message.
        if (IsEnabled(logLevel))
        {
            Write(logLevel, eventId, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>>, exception);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    private void Write(
        LogLevel level, EventId eventId, string message, IReadOnlyList<KeyValuePair<string, object?>>? values, Exception? exception)
    {
        var line = new LogLine(time.GetUtcNow(), level, category);
        line.Add("event", eventId.Name);
        line.Add("msg", message);
        line.AddValues(values ?? []);
        line.Add("exception", exception?.ToString());
        writer.Write(line.ToString());
    }
}
