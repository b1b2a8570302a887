using Tether.Daemon.Native;
using Xunit;

namespace Tether.Daemon.Tests.Native;

public sealed class WakeupTests
{
    [Fact]
    public void Any_number_of_signals_is_one_wake_up()
    {
        using var wakeup = new Wakeup();
        using var poller = new Poller();
        poller.Add(wakeup.Descriptor, 42, read: true, write: false);
        var ready = new Readiness[4];
        Assert.Equal(0, poller.Wait(ready, 0));

        wakeup.Signal();
        wakeup.Signal();
        Assert.Equal(1, poller.Wait(ready, 10_000));
        Assert.Equal(new Readiness(42, CanRead: true, CanWrite: false, HungUp: false), ready[0]);

        wakeup.Clear();
        Assert.Equal(0, poller.Wait(ready, 0));
    }

    [Fact]
    public void A_signal_after_the_end_goes_nowhere()
    {
        var wakeup = new Wakeup();
        wakeup.Dispose();
        wakeup.Signal();
    }
}
