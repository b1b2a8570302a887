using Tether.Daemon.Sessions;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class EchoPriorityTests
{
    private readonly HeldClock _clock = new();
    private readonly EchoPriority _priority;
    private readonly object _typist = new();
    private readonly object _flood = new();

    public EchoPriorityTests() => _priority = new EchoPriority(_clock);

    [Fact]
    public void Nobody_waits_while_nobody_types()
    {
        _priority.GiveWay(_flood);
        _priority.Delivered(_flood);
        _priority.GiveWay(_flood);
    }

    [Fact]
    public void A_session_does_not_wait_for_its_own_echo()
    {
        _priority.Typed(_flood);
        _priority.GiveWay(_flood);
    }

    [Fact]
    public async Task A_flood_waits_until_the_echo_is_delivered()
    {
        _priority.Typed(_typist);
        var waiting = Task.Factory.StartNew(() => _priority.GiveWay(_flood), TaskCreationOptions.LongRunning);
        await _clock.UntilRead(10);
        Assert.False(waiting.IsCompleted);
        _priority.Delivered(_flood);
        await _clock.UntilRead(10);
        Assert.False(waiting.IsCompleted);
        _priority.Delivered(_typist);
        await waiting.WaitAsync(Soon.Limit);
    }

    [Fact]
    public async Task A_flood_does_not_wait_for_an_echo_that_does_not_come()
    {
        _priority.Typed(_typist);
        var waiting = Task.Factory.StartNew(() => _priority.GiveWay(_flood), TaskCreationOptions.LongRunning);
        await _clock.UntilRead(10);
        _clock.Advance(EchoPriority.Longest);
        await waiting.WaitAsync(Soon.Limit);
        _priority.GiveWay(_flood);
    }

    /// <summary>Stands still; knows how often it was read.</summary>
    private sealed class HeldClock : TimeProvider
    {
        private long _now = 1;
        private long _reads;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            Interlocked.Increment(ref _reads);
            return Volatile.Read(ref _now);
        }

        public void Advance(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

        public Task UntilRead(int more)
        {
            var wanted = Volatile.Read(ref _reads) + more;
            return Task.Run(() => Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _reads) >= wanted, Soon.Limit)));
        }
    }
}
