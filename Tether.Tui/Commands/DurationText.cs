using System.Globalization;

namespace Tether.Tui.Commands;

/// <summary>Times as people type them: `90`, `90s`, `30m`, `2h`, `1d`, `1.5h`.</summary>
internal static class DurationText
{
    /// <summary>Null for what is no time.</summary>
    public static double? Seconds(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, >= '0' and <= '9' => 0, _ => -1 };
        var number = unit > 0 ? text[..^1] : text;
        return unit >= 0 && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value * Math.Max(1, unit)
            : null;
    }
}
