using System.Text;

namespace Tether.Protocol.Wire.Hot;

/// <summary>Times as the serialiser writes them: `2026-11-20T22:48:20[.7267261](Z|+00:00)`.</summary>
public static class JsonTime
{
    private const int SecondsEnd = 19;

    /// <summary>As the serialiser writes it.</summary>
    public static string Format(DateTimeOffset time)
    {
        var text = new StringBuilder(34);
        Append(text, time.Year, 4).Append('-');
        Append(text, time.Month, 2).Append('-');
        Append(text, time.Day, 2).Append('T');
        Append(text, time.Hour, 2).Append(':');
        Append(text, time.Minute, 2).Append(':');
        Append(text, time.Second, 2);
        if (time.Ticks % TimeSpan.TicksPerSecond is var fraction and > 0)
        {
            Append(text.Append('.'), fraction, 7);
            while (text[^1] == '0')
            {
                text.Length--;
            }
        }

        var minutes = (int)time.Offset.TotalMinutes;
        Append(text.Append(minutes < 0 ? '-' : '+'), Math.Abs(minutes) / 60, 2).Append(':');
        return Append(text, Math.Abs(minutes) % 60, 2).ToString();
    }

    /// <exception cref="FormatException">It is written in another way.</exception>
    public static DateTimeOffset Parse(string text)
    {
        if (text.Length <= SecondsEnd || text[10] != 'T')
        {
            throw new FormatException($"no time: {text}");
        }

        var at = SecondsEnd;
        var fraction = 0L;
        if (text[at] == '.')
        {
            var scale = TimeSpan.TicksPerSecond;
            for (at++; at < text.Length && char.IsAsciiDigit(text[at]); at++)
            {
                scale /= 10;
                fraction += (text[at] - '0') * scale;
            }
        }

        var time = new DateTime(Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2), Number(text, 11, 2), Number(text, 14, 2), Number(text, 17, 2));
        return new DateTimeOffset(time.AddTicks(fraction), Zone(text, at));
    }

    // The last so many digits, leading zeros included.
    private static StringBuilder Append(StringBuilder text, long number, int digits) =>
        (digits > 1 ? Append(text, number / 10, digits - 1) : text).Append((char)('0' + (number % 10)));

    private static TimeSpan Zone(string text, int at)
    {
        if (text[at..] == "Z")
        {
            return TimeSpan.Zero;
        }

        var zone = new TimeSpan(Number(text, at + 1, 2), Number(text, at + 4, 2), 0);
        return text[at] == '-' ? -zone : zone;
    }

    private static int Number(string text, int start, int length)
    {
        var value = 0;
        for (var i = start; i < start + length; i++)
        {
            value = i < text.Length && char.IsAsciiDigit(text[i]) ? (value * 10) + (text[i] - '0') : throw new FormatException($"no time: {text}");
        }

        return value;
    }
}
