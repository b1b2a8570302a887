using System.Text;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class CrowdTests : IDisposable
{
    private readonly SessionRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(Crowd.Few, 0)]
    [InlineData(Crowd.Few + 1, 12)]
    [InlineData(50, 150)]
    [InlineData(1_000_000, Pacer.Slowest)]
    public void Together_they_are_painted_so_often_and_no_more(int observers, int milliseconds) => Assert.Equal(milliseconds, Crowd.Interval(observers));

    [Fact]
    public void A_few_get_every_byte_and_one_more_slows_all_but_who_is_in_control()
    {
        var ann = new FakeConnection("ann");
        _rig.Attach(ann);
        for (var i = 0; i < Crowd.Few; i++)
        {
            _rig.Attach(new FakeConnection($"observer {i}"), AttachMode.Observe);
        }

        Assert.Equal([0, 0, 0, 0], Least());
        _rig.Print("text");
        var last = new FakeConnection("last");
        var channel = _rig.Attach(last, AttachMode.Observe).Channel;
        Assert.Equal(FrameKind.Snapshot, last.NextFrame().Header.Kind);
        Assert.Equal([0, 12, 12, 12, 12], Least());

        _rig.Attachments.Detach(last, new DetachRequest { Channel = channel });
        Assert.Equal([0, 0, 0, 0], Least());
    }

    [Fact]
    public void Whoever_takes_control_is_no_longer_slowed_and_who_had_it_is()
    {
        for (var i = 0; i <= Crowd.Few; i++)
        {
            _rig.Attach(new FakeConnection($"observer {i}"), AttachMode.Observe);
        }

        _rig.Attach(new FakeConnection("ann"));
        Assert.Equal([12, 12, 12, 12, 0], Least());
        _rig.Attach(new FakeConnection("bob"), take: true);
        Assert.Equal([15, 15, 15, 15, 15, 0], Least());
    }

    [Fact]
    public void Whoever_is_slowed_gets_an_echo_at_once_and_of_a_flood_the_screen()
    {
        var ann = new FakeConnection("ann");
        _rig.Attach(ann, AttachMode.Observe);
        Assert.Equal(FrameKind.Snapshot, ann.NextFrame().Header.Kind);
        Slow(Pacer.Slowest);
        _rig.Print("k");
        Assert.Equal("k", Encoding.UTF8.GetString(ann.NextFrame().Payload));

        for (var line = 0; line < 20_000; line++)
        {
            _rig.Program.Print($"line {line}\r\n");
        }

        _rig.Print("done");
        _rig.AwaitScreen("done");
        Assert.InRange(ann.WaitingFrames().Sum(frame => frame.Payload.Length), 0, Pacer.Budget);

        Slow(Pacer.None);
        Assert.Contains("line 19999", ann.ReadUntil("done"), StringComparison.Ordinal);
    }

    [Fact]
    public void Those_who_are_due_together_are_shown_one_painting()
    {
        ReadOnlyMemory<byte>[] shared = [], alone = [], moved = [];
        _rig.Print("text");
        _rig.Do(() => alone = [_rig.Session.Painter.Paint(0, false), _rig.Session.Painter.Paint(0, false)]);
        InOneTurn(() =>
        {
            shared = [_rig.Session.Painter.Paint(0, false), _rig.Session.Painter.Paint(0, false), _rig.Session.Painter.Paint(0, true), _rig.Session.Painter.Paint(10, false)];
            _rig.Session.Emulator.Resize(70, 20);
            moved = [_rig.Session.Painter.Paint(0, false)];
        });

        Assert.True(shared[0].Equals(shared[1]));
        Assert.False(shared[0].Equals(shared[2]) || shared[0].Equals(shared[3]) || shared[0].Equals(moved[0]) || alone[0].Equals(alone[1]));
        Assert.Equal(alone[0].ToArray(), shared[0].ToArray());
    }

    // As the deadlines of those who are paced.
    private void InOneTurn(Action action)
    {
        using var done = new ManualResetEventSlim();
        _rig.Do(() => _rig.Session.Deadlines.After(TimeSpan.Zero, () =>
        {
            action();
            done.Set();
        }));
        Assert.True(done.Wait(SessionRig.Patience));
    }

    private void Slow(int milliseconds) => _rig.Do(() => _rig.Session.Viewers.Single().Slow(milliseconds));

    private int[] Least()
    {
        // What was posted has been done then.
        int[] least = [];
        _rig.Do(() => least = [.. _rig.Session.Viewers.Cast<StreamViewer>().Select(viewer => viewer.Least)]);
        return least;
    }
}
