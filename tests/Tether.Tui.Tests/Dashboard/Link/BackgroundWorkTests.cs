using Tether.Tui.Dashboard.Link;
using Tether.Tui.Native;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Link;

public sealed class BackgroundWorkTests
{
    private const int Patience = 10_000;

    [Fact]
    public void What_follows_is_done_by_who_takes_it()
    {
        using var background = new BackgroundWork();
        var (worker, follower, result) = (0, 0, 0);
        background.Start(() => (worker = Environment.CurrentManagedThreadId, 42).Item2, value => (follower, result) = (Environment.CurrentManagedThreadId, value));
        Assert.True(Poller.WaitReadable(background.WaitDescriptor, Patience));
        Assert.Equal(0, result);
        background.Take();
        Assert.Equal((42, Environment.CurrentManagedThreadId), (result, follower));
        Assert.NotEqual(worker, follower);
        Assert.False(Poller.WaitReadable(background.WaitDescriptor, 0));
    }

    [Fact]
    public void Work_that_fails_is_followed_by_nothing_and_other_work_goes_on()
    {
        using var background = new BackgroundWork();
        var followed = new List<string>();
        background.Start<string>(() => throw new IOException("no"), followed.Add);
        background.Start(() => "done", followed.Add);
        Assert.True(Poller.WaitReadable(background.WaitDescriptor, Patience));
        background.Take();
        Assert.Equal(["done"], followed);
    }
}
