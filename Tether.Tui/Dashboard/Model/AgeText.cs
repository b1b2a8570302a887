namespace Tether.Tui.Dashboard.Model;

/// <summary>
/// How long ago, in the largest unit that says something: 12s, 3m, 2h, 4d. Apart from counted seconds all ages change together, when the clock's
/// minute does, so that a screen full of them is redrawn once a minute and not at sixty moments; they are right to half a minute.
/// </summary>
internal static class AgeText
{
    private const int HoursInTwoDays = 48;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);

    /// <param name="since">When it began; what lies ahead of now counts as now.</param>
    /// <param name="now">The time.</param>
    /// <param name="countsSeconds">Count the seconds of the first minute, for what is redrawn all the time anyway; else it is `&lt;1m`.</param>
    public static string Of(DateTimeOffset since, DateTimeOffset now, bool countsSeconds = false)
    {
        if (CountsNow(since, now, countsSeconds))
        {
            return $"{Seconds(since, now)}s";
        }

        return Units(since, now, countsSeconds) switch
        {
            (0, _) => "<1m",
            var (count, unit) when unit == TimeSpan.FromDays(1) => $"{count}d",
            var (count, unit) when unit == TimeSpan.FromHours(1) => $"{count}h",
            var (count, _) => $"{count}m",
        };
    }

    /// <summary>When <see cref="Of"/> says something else next; always later than now.</summary>
    public static DateTimeOffset NextChange(DateTimeOffset since, DateTimeOffset now, bool countsSeconds = false)
    {
        if (CountsNow(since, now, countsSeconds))
        {
            return since + TimeSpan.FromSeconds(Math.Max(0, Math.Floor((now - since).TotalSeconds)) + 1);
        }

        var (count, unit) = Units(since, now, countsSeconds);
        return RoundUp(since + ((count + 1) * unit) - HalfMinute);
    }

    private static bool CountsNow(DateTimeOffset since, DateTimeOffset now, bool countsSeconds) => countsSeconds && now - since < Minute;

    private static int Seconds(DateTimeOffset since, DateTimeOffset now) => (int)Math.Max(0, (now - since).TotalSeconds);

    private static (int Count, TimeSpan Unit) Units(DateTimeOffset since, DateTimeOffset now, bool countsSeconds)
    {
        var age = RoundDown(now) + HalfMinute - since;
        return age switch
        {
            { TotalHours: < 1 } => ((int)Math.Max(countsSeconds ? 1 : 0, age.TotalMinutes), Minute),
            { TotalHours: < HoursInTwoDays } => ((int)age.TotalHours, TimeSpan.FromHours(1)),
            _ => ((int)age.TotalDays, TimeSpan.FromDays(1)),
        };
    }

    private static DateTimeOffset RoundDown(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % Minute.Ticks));

    private static DateTimeOffset RoundUp(DateTimeOffset time) => RoundDown(time.AddTicks(Minute.Ticks - 1));
}
