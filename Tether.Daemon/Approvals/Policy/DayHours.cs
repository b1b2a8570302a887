using System.Globalization;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>A time of day, local: `09:00-18:30`; `22:00-06:00` goes over midnight. The end is not part of it.</summary>
internal readonly record struct DayHours(TimeOnly From, TimeOnly To)
{
    public static DayHours? Parse(string text)
    {
        var parts = text.Split('-');
        return parts.Length == 2 && TryTime(parts[0], out var from) && TryTime(parts[1], out var to) && from != to ? new DayHours(from, to) : null;
    }

    public bool Contains(TimeOnly time) => From < To ? time >= From && time < To : time >= From || time < To;

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
