namespace Tether.Daemon.Journal;

/// <summary>Journal times: microseconds since 1970-01-01 UTC.</summary>
internal static class JournalTime
{
    private const long UnixEpoch = 62_135_596_800_000_000;

    public static long Of(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMicrosecond - UnixEpoch;

    public static DateTimeOffset ToTime(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
