using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Logging;

/// <summary>
/// The daemon's log as the logging interfaces see it: a factory for the daemon's own loggers, and a provider for Kestrel's.
/// A caller only formats its line; <see cref="LogWriter"/>'s thread does the rest.
/// </summary>
internal sealed class DaemonLog : ILoggerFactory, ILoggerProvider
{
    private readonly LogWriter _writer;
    private readonly LogLevel _minimum;
    private readonly TimeProvider _time;

    /// <param name="path">The present file; older ones are `path.1`, `path.2` and so on.</param>
    /// <param name="fileBytes">A file that has grown beyond this is put aside.</param>
    /// <param name="fileCount">Files kept, the present one included.</param>
    public DaemonLog(string path, LogLevel minimum, long fileBytes, int fileCount, TimeProvider time)
    {
        _writer = new LogWriter(new RotatingFile(path, fileBytes, fileCount), time);
        _minimum = minimum;
        _time = time;
    }

    public ILogger CreateLogger(string categoryName) => new FileLogger(_writer, Category(categoryName), _minimum, _time);

    /// <summary>A logger named after the type that logs.</summary>
    public ILogger For<T>() => CreateLogger(typeof(T).FullName ?? typeof(T).Name);

    /// <summary>Waits until all that was logged so far is in the file or given up, at most so long.</summary>
    public bool Flush(TimeSpan limit) => _writer.Flush(limit);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one log.");

    public void Dispose() => _writer.Dispose();

    private static string Category(string name) =>
        name.StartsWith("Tether.Daemon.", StringComparison.Ordinal) ? name["Tether.Daemon.".Length..] : name;
}
