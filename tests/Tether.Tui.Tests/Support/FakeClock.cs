namespace Tether.Tui.Tests.Support;

/// <summary>A clock that stands still until the test moves it; its zone is UTC.</summary>
internal sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>Of a clock that never goes back.</summary>
    public long Milliseconds => Now.ToUnixTimeMilliseconds();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Now;

    public void Pass(double seconds) => Now = Now.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}
