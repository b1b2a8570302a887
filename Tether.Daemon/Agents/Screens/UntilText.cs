using System.Globalization;
using System.Text.RegularExpressions;

namespace Tether.Daemon.Agents.Screens;

/// <summary>Reads when a limit ends from what agents write: `3pm`, `3:30 PM`, `15:30`, `in 2h 5m`, `2 hours 5 minutes`, `Nov 25, 3pm`, `Nov 25th, 2026 3:05 PM`.</summary>
internal static partial class UntilText
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>A time after <paramref name="now"/>: a time of the day alone is the next such; null when it is none of these.</summary>
    /// <param name="text">As written.</param>
    /// <param name="now">UTC.</param>
    /// <param name="zone">Where the text's clock stands.</param>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (Span().Match(text) is { Success: true } span)
        {
            return now + TimeSpan.FromMinutes((Number(span, "d") * 1440) + (Number(span, "h") * 60) + Number(span, "m"));
        }

        if (Clock().Match(text) is not { Success: true } clock || Number(clock, "h") > 23 || Number(clock, "m") > 59)
        {
            return null;
        }

        var half = clock.Groups["half"].Value.ToUpperInvariant();
        var hour = half.Length == 0 ? Number(clock, "h") : (Number(clock, "h") % 12) + (half == "PM" ? 12 : 0);
        var here = TimeZoneInfo.ConvertTime(now, zone);
        var day = here.Date;
        var date = Date().Match(text);
        if (date.Success)
        {
            var year = date.Groups["y"].Success ? Number(date, "y") : here.Year;
            var month = Array.IndexOf(Months, date.Groups["mon"].Value[..3].ToLowerInvariant()) + 1;
            if (month == 0 || Number(date, "d") is 0 or > 28 && Number(date, "d") > DateTime.DaysInMonth(year, month))
            {
                return null;
            }

            day = new DateTime(year, month, Number(date, "d"), 0, 0, 0, DateTimeKind.Unspecified);
        }

        var local = DateTime.SpecifyKind(day.AddHours(hour).AddMinutes(Number(clock, "m")), DateTimeKind.Unspecified);
        var until = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return date.Success || until > now ? until : until.AddDays(1);
    }

    private static int Number(Match match, string group) =>
        int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^(?:in )?(?=\d+ ?[dhm])(?!\d+ ?[ap]m)(?:(?<d>\d{1,3}) ?d(?:ays?)?,? ?)?(?:(?<h>\d{1,3}) ?h(?:ours?|r)?,? ?)?(?:(?<m>\d{1,4}) ?m(?:in(?:utes?)?)?)?\b(?!m)", RegexOptions.IgnoreCase)]
    private static partial Regex Span();

    [GeneratedRegex(@"(?<![\d:])(?<h>\d{1,2})(?::(?<m>\d{2}))? ?(?:(?<half>am|pm)\b|(?<=:\d{2})(?!\d))", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(?<mon>[A-Z][a-z]{2})[a-z]* (?<d>\d{1,2})(?:st|nd|rd|th)?(?:,? (?<y>\d{4})\b)?")]
    private static partial Regex Date();
}
