namespace Tether.Daemon.Storage;

/// <summary>Times as the registry keeps them: microseconds since 1970 UTC.</summary>
internal static class StoredTime
{
    public static long Write(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time as it will be read back.</summary>
    public static DateTimeOffset Grain(DateTimeOffset time) => Read(Write(time));

    public static DateTimeOffset Read(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
