using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

/// <summary>What sessions open is closed with them. Counted by what it leads to, where other tests open the same kind.</summary>
public sealed class SessionDescriptorTests
{
    [Fact]
    public void A_session_that_ended_leaves_nothing_open()
    {
        using var rig = new SessionRig();
        using var window = new PtyPair();
        var own = OpenDescriptors.Count(window.Name);
        var ann = new FakeConnection("ann");
        rig.Lend(ann, window);
        Assert.Equal(own + 1, OpenDescriptors.Count(window.Name));
        Assert.NotEqual(0, OpenDescriptors.Count(rig.JournalDirectory));
        rig.End();

        Assert.Equal(own, OpenDescriptors.Count(window.Name));
        Assert.Equal(0, OpenDescriptors.Count(rig.JournalDirectory));
    }

    [Fact]
    public void A_terminal_that_comes_back_is_closed_whatever_the_reason()
    {
        using var rig = new SessionRig();
        using var window = new PtyPair();
        var own = OpenDescriptors.Count(window.Name);
        for (var round = 0; round < 5; round++)
        {
            var ann = new FakeConnection("ann");
            rig.Lend(ann, window, take: true);
        }

        Assert.Equal(own + 1, OpenDescriptors.Count(window.Name));
        rig.Attach(new FakeConnection("bob"), AttachMode.Control, take: true);
        Assert.Equal(own, OpenDescriptors.Count(window.Name));
    }
}
