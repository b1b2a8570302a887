using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class ControlTests : IDisposable
{
    private readonly SessionRig _rig = new();
    private readonly FakeConnection _ann = new("ann");
    private readonly FakeConnection _bob = new("bob");
    private readonly FakeConnection _cid = new("cid");

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void The_first_to_ask_controls_and_gives_the_session_its_size()
    {
        var attached = _rig.Attach(_ann, columns: 100, rows: 30);

        Assert.Equal(AttachMode.Control, attached.Mode);
        Assert.Equal((100, 30), (attached.Session.Columns, attached.Session.Rows));
        Assert.Equal((100, 30), _rig.Program.Size);
        Assert.Equal("ann", attached.Session.Controller);
    }

    [Fact]
    public void Who_asks_while_somebody_controls_observes_and_changes_nothing()
    {
        _rig.Attach(_ann);
        var attached = _rig.Attach(_bob, columns: 20, rows: 5);

        Assert.Equal(AttachMode.Observe, attached.Mode);
        Assert.Equal((80, 24), _rig.Program.Size);
        Assert.Equal("ann", attached.Session.Controller);
    }

    [Fact]
    public void An_observer_never_types_and_is_told()
    {
        var mine = _rig.Attach(_ann);
        var theirs = _rig.Attach(_bob, AttachMode.Observe);

        Type(_bob, theirs.Channel, "no");
        Assert.Equal(ErrorCode.NotController, _bob.Next<ErrorReply>().Code);
        Type(_ann, mine.Channel, "yes");

        Assert.Equal("yes"u8, _rig.Program.ReadInput(3));
    }

    [Fact]
    public void An_observer_never_resizes_but_its_size_is_remembered_for_its_turn()
    {
        var mine = _rig.Attach(_ann);
        var theirs = _rig.Attach(_bob);
        Resize(_bob, theirs.Channel, 33, 11);
        Sync();
        Assert.Equal((80, 24), _rig.Program.Size);

        Detach(_ann, mine.Channel);

        Assert.Equal("promoted", _bob.Next<ControlNotice>().Cause);
        Sync();
        Assert.Equal((33, 11), _rig.Program.Size);
    }

    [Fact]
    public void Taking_control_tells_the_loser_by_whom_and_it_gets_control_back_when_the_taker_leaves()
    {
        var mine = _rig.Attach(_ann);
        var theirs = _rig.Attach(_bob, take: true, columns: 50, rows: 10);

        var lost = _ann.Next<ControlNotice>();
        Assert.Equal((mine.Channel, AttachMode.Observe, "taken", "bob"), (lost.Channel, lost.Mode, lost.Cause, lost.By));
        Assert.Equal(AttachMode.Control, theirs.Mode);
        Assert.Equal((50, 10), _rig.Program.Size);

        Detach(_bob, theirs.Channel);
        Assert.Equal("promoted", _ann.Next<ControlNotice>().Cause);
        Sync();
        Assert.Equal((80, 24), _rig.Program.Size);
    }

    [Fact]
    public void The_observer_who_has_waited_longest_comes_first_and_one_who_only_watches_never()
    {
        var mine = _rig.Attach(_ann);
        _rig.Attach(_cid, AttachMode.Observe);
        var theirs = _rig.Attach(_bob);
        Detach(_ann, mine.Channel);

        Assert.Equal("promoted", _bob.Next<ControlNotice>().Cause);
        Detach(_bob, theirs.Channel);
        _bob.Next<OkReply>();
        Assert.Null(_rig.Ask(() => _rig.Session.Describe()).Controller);
        Assert.DoesNotContain(_cid.Waiting(), message => message is ControlNotice);
    }

    [Fact]
    public void Control_is_released_when_the_connection_ends()
    {
        _rig.Attach(_ann);
        _rig.Attach(_bob);
        _rig.Attachments.Closed(_ann);

        Assert.Equal("promoted", _bob.Next<ControlNotice>().Cause);
        Assert.Equal(("bob", 1), Controller());
    }

    [Fact]
    public void Control_that_is_given_up_goes_to_who_waits_and_does_not_come_back_by_itself()
    {
        var mine = _rig.Attach(_ann);
        var theirs = _rig.Attach(_bob);
        _rig.Attachments.ReleaseControl(_ann, new ReleaseControlRequest { Channel = mine.Channel });

        Assert.Equal("released", _ann.Next<ControlNotice>().Cause);
        Assert.Equal("promoted", _bob.Next<ControlNotice>().Cause);
        Detach(_bob, theirs.Channel);
        Assert.Equal((null, 1), Controller());
    }

    [Fact]
    public void Control_can_be_taken_on_an_open_channel()
    {
        _rig.Attach(_ann);
        var theirs = _rig.Attach(_bob);
        _rig.Attachments.TakeControl(_bob, new TakeControlRequest { Channel = theirs.Channel });

        Assert.Equal("taken", _ann.Next<ControlNotice>().Cause);
        Assert.Equal("granted", _bob.Next<ControlNotice>().Cause);
        Assert.Equal(("bob", 2), Controller());
    }

    [Fact]
    public void Control_that_is_asked_for_only_if_it_is_free_is_refused_with_the_name_of_who_has_it()
    {
        _rig.Attach(_ann);
        var theirs = _rig.Attach(_bob, AttachMode.Observe);
        TakeIfFree(_bob, theirs.Channel);

        var refused = _bob.Next<ControlNotice>();
        Assert.Equal((theirs.Channel, AttachMode.Observe, "refused", "ann"), (refused.Channel, refused.Mode, refused.Cause, refused.By));
        Assert.Equal(("ann", 2), Controller());
        Assert.Empty(_ann.Waiting().OfType<ControlNotice>());
    }

    [Fact]
    public void Who_was_refused_does_not_wait_for_control()
    {
        var mine = _rig.Attach(_ann);
        var theirs = _rig.Attach(_bob, AttachMode.Observe);
        TakeIfFree(_bob, theirs.Channel);
        _bob.Next<ControlNotice>();
        Detach(_ann, mine.Channel);

        Assert.Equal((null, 1), Controller());
    }

    [Fact]
    public void Control_that_is_free_is_given_to_who_asks_only_for_that()
    {
        var theirs = _rig.Attach(_bob, AttachMode.Observe);
        TakeIfFree(_bob, theirs.Channel);

        Assert.Equal("granted", _bob.Next<ControlNotice>().Cause);
        Assert.Equal(("bob", 1), Controller());
    }

    [Fact]
    public void Who_has_control_already_keeps_it_and_is_told_nothing()
    {
        var mine = _rig.Attach(_ann);
        TakeIfFree(_ann, mine.Channel);

        Assert.Equal(("ann", 1), Controller());
        Assert.Empty(_ann.Waiting().OfType<ControlNotice>());
    }

    [Fact]
    public void A_client_that_is_gone_before_it_was_attached_leaves_nothing_behind()
    {
        using var gate = new ManualResetEventSlim();
        _rig.Session.Post(() => gate.Wait(SessionRig.Patience));
        _rig.Attachments.Attach(_ann, new AttachRequest { Session = _rig.Session.Id, Columns = 80, Rows = 24 });
        _rig.Attachments.Closed(_ann);
        gate.Set();

        Assert.Equal((null, 0), Controller());
    }

    [Fact]
    public void A_viewer_that_has_left_cannot_take_control_any_more()
    {
        var mine = _rig.Attach(_ann);
        _ann.Channels.TryGet(mine.Channel, out var attached);
        Detach(_ann, mine.Channel);
        _rig.Do(() => _rig.Session.TakeControl(attached.Viewer, ifFree: false));

        Assert.Equal((null, 0), Controller());
        Assert.Equal(AttachMode.Control, _rig.Attach(_bob).Mode);
    }

    [Fact]
    public void A_storm_of_resizes_ends_at_the_last_size()
    {
        var mine = _rig.Attach(_ann);
        for (var columns = 20; columns <= 120; columns++)
        {
            Resize(_ann, mine.Channel, columns, 24);
        }

        _rig.Print("\e[18t");
        var start = TimeProvider.System.GetTimestamp();
        while (_rig.Program.Size.Columns != 120 && TimeProvider.System.GetElapsedTime(start) < SessionRig.Patience)
        {
            // The newest size is applied a moment after the first; nobody tells the controller.
            Sync();
        }

        Assert.Equal((120, 24), _rig.Program.Size);
        Assert.InRange(_rig.Host.Events.Count(happened => happened.Kind == "resized"), 2, 60);
    }

    [Fact]
    public void A_size_that_was_asked_for_while_another_rested_does_not_count_after_control_has_gone()
    {
        var mine = _rig.Attach(_ann, columns: 90, rows: 20);
        Resize(_ann, mine.Channel, 91, 20);
        Resize(_ann, mine.Channel, 92, 20);
        _rig.Attach(_bob, take: true, columns: 40, rows: 10);
        _ann.Next<ControlNotice>();
        var start = TimeProvider.System.GetTimestamp();
        while (_rig.Program.Size.Columns != 40 && TimeProvider.System.GetElapsedTime(start) < SessionRig.Patience)
        {
            // As above.
            Sync();
        }

        Assert.Equal((40, 10), _rig.Program.Size);
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(80, 0)]
    [InlineData(2001, 24)]
    [InlineData(80, 1001)]
    [InlineData(-1, -1)]
    public void An_impossible_size_is_refused(int columns, int rows)
    {
        var error = Assert.Throws<RequestError>(() => _rig.Attachments.Attach(_ann, new AttachRequest { Session = _rig.Session.Id, Columns = columns, Rows = rows }));
        Assert.Equal(ErrorCode.BadRequest, error.Code);
    }

    private void Sync() => _rig.Do(() => { });

    private (string? Name, int Viewers) Controller()
    {
        var record = _rig.Ask(() => _rig.Session.Describe());
        return (record.Controller, record.Viewers);
    }

    private void Type(FakeConnection client, int channel, string keys) =>
        _rig.Attachments.Frame(client, new FrameHeader(FrameKind.Input, channel, 0, 0), System.Text.Encoding.UTF8.GetBytes(keys));

    private void Resize(FakeConnection client, int channel, int columns, int rows) =>
        _rig.Attachments.Resize(client, new ResizeRequest { Channel = channel, Columns = columns, Rows = rows });

    private void TakeIfFree(FakeConnection client, int channel) =>
        _rig.Attachments.TakeControl(client, new TakeControlRequest { Channel = channel, IfFree = true });

    private void Detach(FakeConnection client, int channel) => _rig.Attachments.Detach(client, new DetachRequest { Channel = channel });
}
