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
        if (IsEnabled(logLevel))
        {
            var line = new LogLine(time.GetUtcNow(), logLevel, category);
            line.Add("event", eventId.Name);
            line.Add("msg", formatter(state, exception));
            line.AddState(state);
            line.Add("exception", exception?.ToString());
            writer.Write(line.ToString());
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
