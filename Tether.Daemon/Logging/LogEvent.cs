using System.Collections;
using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Logging;

/// <summary>
/// A message with its named values, for what every start logs: what `[LoggerMessage]` makes is compiled anew for each combination of types, 10 ms for the first one.
/// </summary>
internal sealed class LogEvent : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly string _message;
    private readonly (string Name, string Value)[] _values;

    private LogEvent(string message, (string Name, string Value)[] values) => (_message, _values) = (message, values);

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => new(_values[index].Name, _values[index].Value);

    /// <summary>Logs it as information.</summary>
    /// <param name="name">What `event=` says.</param>
    public static void Tell(ILogger log, string name, string message, (string Name, string Value)[] values) =>
        log.Log(LogLevel.Information, new EventId(0, name), new LogEvent(message, values), null, static (told, _) => told._message);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class LogEvents
{
    /// <summary>See <see cref="LogEvent.Tell"/>.</summary>
    public static void Tell(this ILogger log, string name, string message, params (string Name, string Value)[] values) => LogEvent.Tell(log, name, message, values);
}
