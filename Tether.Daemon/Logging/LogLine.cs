using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Logging;

/// <summary>
/// One line of logfmt: `key=value` with blanks between. A value with anything but plain visible characters stands in quotes, with `\"`, `\\`, `\n`, `\t` and `\u00xx`.
/// <code>time=2026-01-31T12:00:00.000000Z level=warning from=Sessions.Session event=Stopped msg="Session abc stopped." Id=abc</code>
/// </summary>
internal sealed class LogLine
{
    // A longer one is a mistake, and one line must not fill a file.
    public const int LongestLine = 16 << 10;

    private readonly StringBuilder _text = new(256);

    public LogLine(DateTimeOffset time, LogLevel level, string category)
    {
        _text.Append("time=").Append(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
        _text.Append(" level=").Append(Name(level));
        Add("from", category);
    }

    /// <summary>Nothing is added for null.</summary>
    public void Add(string key, string? value)
    {
        if (value is null || _text.Length >= LongestLine)
        {
            return;
        }

        _text.Append(' ').Append(key).Append('=');
        var text = value.AsSpan(0, Math.Min(value.Length, LongestLine - _text.Length));
        if (IsPlain(text))
        {
            _text.Append(text);
        }
        else
        {
            AppendQuoted(text);
        }
    }

    /// <summary>The named values of a message, as `[LoggerMessage]` gives them.</summary>
    public void AddValues(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Key != "{OriginalFormat}" && values[i].Key.Length > 0)
            {
                Add(values[i].Key, Convert.ToString(values[i].Value, CultureInfo.InvariantCulture));
            }
        }
    }

    public override string ToString() => _text.Append('\n').ToString();

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character is <= ' ' or '"' or '=' or '\\' or >= (char)0x7f)
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    private void AppendQuoted(ReadOnlySpan<char> text)
    {
        _text.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                '\t' => _text.Append("\\t"),
                _ when char.IsControl(character) => _text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => _text.Append(character),
            };
        }

        _text.Append('"');
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        _ => "information",
    };
}
