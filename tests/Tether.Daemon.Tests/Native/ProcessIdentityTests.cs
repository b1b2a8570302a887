using Tether.Daemon.Native;
using Xunit;

namespace Tether.Daemon.Tests.Native;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void This_process_is_alive() => Assert.True(ProcessIdentity.Of(Environment.ProcessId).IsAlive);

    [Fact]
    public void The_same_number_with_another_start_is_somebody_else() =>
        Assert.False((ProcessIdentity.Of(Environment.ProcessId) with { StartTime = 1 }).IsAlive);

    [Fact]
    public void Nobody_is_not_alive()
    {
        Assert.Equal(0, ProcessIdentity.Of(int.MaxValue).StartTime);
        Assert.False(ProcessIdentity.Of(int.MaxValue).IsAlive);
        Assert.False(default(ProcessIdentity).IsAlive);
    }
}
