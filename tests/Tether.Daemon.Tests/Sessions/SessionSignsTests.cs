using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class SessionSignsTests : IDisposable
{
    private readonly SessionRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("\a")]
    [InlineData("\e]9;finished\a")]
    [InlineData("\e]777;notify;build;finished\a")]
    public void A_bell_or_a_notification_is_remembered_with_its_time(string rings)
    {
        var before = TimeProvider.System.GetUtcNow();
        Assert.Null(Record().BellAt);
        _rig.Print(rings);
        Assert.InRange(Record().BellAt!.Value, before, TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public void The_progress_is_the_last_that_was_told_and_ends()
    {
        Assert.Null(Record().Progress);
        _rig.Print("\e]9;4;1;40\a");
        Assert.Equal("1 40", Record().Progress);
        Assert.Null(Record().BellAt);

        // Of many in short order the last is told a little later.
        _rig.Print("\e]9;4;0\a");
        Assert.True(SpinWait.SpinUntil(() => Record().Progress is null, Soon.Limit));
    }

    [Fact]
    public void Tags_replace_each_other_and_are_told()
    {
        var record = _rig.Ask(() => _rig.Session.Change(Daemon.Sessions.SessionChange.Tags(["work", "urgent"])));
        Assert.Equal(["work", "urgent"], record.Tags);
        Assert.Contains((_rig.Session.Id, "tagged", "work urgent"), _rig.Host.Events);
        Assert.Equal(["work", "urgent"], _rig.Host.Saved.Last().Tags);
        _rig.Ask(() => _rig.Session.Change(Daemon.Sessions.SessionChange.Tags([])));
        Assert.Empty(Record().Tags);
    }

    private SessionRecord Record() => _rig.Ask(() => _rig.Session.Describe());
}
