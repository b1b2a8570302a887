using Tether.Protocol.Wire;
using Tether.Tui.Dashboard;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Tiles;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Link;

public sealed class DaemonFeedTests
{
    [Fact]
    public void At_the_start_it_subscribes_and_asks_for_all_sessions_and_for_what_happened_since_the_person_left()
    {
        using var rig = new DashboardRig();
        rig.Context.Book.Left(DashboardRig.Start.AddHours(-3));
        rig.Sessions("a");
        Assert.Single(rig.Desk.All<SubscribeRequest>());
        Assert.True(rig.Desk.All<ListRequest>().Single().All);
        Assert.Equal(DashboardRig.Start.AddHours(-3), rig.Desk.All<EventsRequest>().Single().Since);
    }

    [Fact]
    public void Who_never_had_a_dashboard_is_told_of_the_last_day()
    {
        using var rig = DashboardRig.With("a");
        Assert.Equal(DashboardRig.Start.AddDays(-1), rig.Desk.All<EventsRequest>().Single().Since);
    }

    [Fact]
    public void What_rang_while_nobody_looked_is_in_the_queue()
    {
        using var rig = new DashboardRig();
        rig.Desk.Past.Add(new SessionEventNotice { Session = "b", Kind = "bell", At = DashboardRig.Start.AddMinutes(-5) });
        rig.Sessions("a", "b");
        var item = Assert.Single(rig.Context.Fleet.Queue.Items);
        Assert.Equal(("b", AttentionKind.Bell), (item.Session, item.Kind));
    }

    [Fact]
    public void What_was_looked_at_since_it_rang_is_not()
    {
        using var rig = new DashboardRig();
        rig.Context.Book.Looked("b", new Look(DashboardRig.Start.AddMinutes(-1), 0));
        rig.Desk.Past.Add(new SessionEventNotice { Session = "b", Kind = "bell", At = DashboardRig.Start.AddMinutes(-5) });
        rig.Sessions("a", "b");
        Assert.Empty(rig.Context.Fleet.Queue.Items);
    }

    [Fact]
    public void An_event_that_changes_records_has_the_list_asked_for_once_for_many()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.Put(DashboardRig.Record("b", 0));
        rig.Happens("b", "created").Happens("b", "control").Happens("b", "directory");
        Assert.Single(rig.Desk.All<ListRequest>());
        rig.Pass(0.1);
        Assert.Equal(2, rig.Desk.All<ListRequest>().Count());
        Assert.NotNull(rig.State.SlotOf("b"));
    }

    [Fact]
    public void Events_that_tell_all_themselves_ask_for_no_list()
    {
        using var rig = DashboardRig.With("a").Happens("a", "renamed", "new name").Happens("a", "bell").Happens("a", "prompt", "0").Pass(0.5);
        Assert.Single(rig.Desk.All<ListRequest>());
        Assert.Contains("new name", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_has_the_records_asked_for_again_but_seldom()
    {
        using var rig = DashboardRig.With("a", "b").Pass(10);
        var before = rig.Desk.All<ListRequest>().Count();
        rig.Prints("b", "x").Pass(1).Prints("b", "y").Pass(1);
        Assert.Equal(before, rig.Desk.All<ListRequest>().Count());
        rig.Pass(5);
        Assert.Equal(before + 1, rig.Desk.All<ListRequest>().Count());
    }

    [Fact]
    public void Output_of_the_focused_session_has_them_asked_for_within_a_second()
    {
        using var rig = DashboardRig.With("a", "b").Pass(10);
        var before = rig.Desk.All<ListRequest>().Count();
        rig.Prints("b", "x").Prints("a", "x").Pass(1.1);
        Assert.Equal(before + 1, rig.Desk.All<ListRequest>().Count());
    }

    [Fact]
    public void Output_of_the_focused_session_is_awaited_and_that_of_others_is_not()
    {
        using var rig = DashboardRig.With("a", "b");
        rig.Desk.Connection.Come(FrameKind.Output, rig.Desk.ChannelOf("b"), "x", 200);
        rig.TakeComing();
        Assert.Equal((false, true), (rig.State.IsDirty, rig.State.IsStale));
        rig.Desk.Connection.Come(FrameKind.Output, rig.Desk.ChannelOf("a"), "x", 200);
        rig.TakeComing();
        Assert.True(rig.State.IsDirty);
    }

    [Fact]
    public void What_a_session_prints_makes_it_work_and_is_its_last_line()
    {
        using var rig = DashboardRig.With("a", "b").Prints("b", "compiling\r\n");
        Assert.Equal((SessionStatus.Working, "compiling"), (rig.Context.Fleet.Find("b")!.Status, rig.Context.Fleet.Find("b")!.LastLine));
        Assert.Equal(SessionStatus.Quiet, rig.Context.Fleet.Find("a")!.Status);
        rig.Pass(2);
        Assert.Equal(SessionStatus.Quiet, rig.Context.Fleet.Find("b")!.Status);
    }

    [Fact]
    public void Sessions_that_are_only_shown_again_do_not_work()
    {
        using var rig = new DashboardRig().Sessions(DashboardRig.Record("a"), DashboardRig.Record("never printed") with { Offset = 0 });
        Assert.All(rig.Context.Fleet.Sessions, item => Assert.Equal(SessionStatus.Quiet, item.Status));
    }

    [Fact]
    public void What_is_seen_comes_often_what_is_typed_into_at_once_and_the_rest_seldom()
    {
        using var rig = DashboardRig.With("a", "b", "c").Do(Tui.Dashboard.Settings.DashboardCommand.LayoutSingle);
        Assert.Equal((null, DashboardPace.Listed, DashboardPace.Listed), (Pace(rig, "a"), Pace(rig, "b"), Pace(rig, "c")));
        rig.Press("tab");
        Assert.Equal((DashboardPace.Listed, DashboardPace.Seen), (Pace(rig, "a"), Pace(rig, "b")));
        rig.Press("enter");
        Assert.Equal(DashboardPace.Live, Pace(rig, "b"));
        rig.Press("ctrl-]");
        Assert.Equal(DashboardPace.Seen, Pace(rig, "b"));
    }

    [Fact]
    public void A_daemon_that_is_gone_is_said_and_its_screens_stay()
    {
        using var rig = DashboardRig.With("a").Lose();
        Assert.Contains("the daemon is gone; sessions go on; reconnecting …", rig.TopLine, StringComparison.Ordinal);
        Assert.Equal("this is a", rig.Tile("a")[0]);
    }

    [Fact]
    public void It_is_looked_for_at_once_and_started_after_a_moment_of_patience()
    {
        using var rig = DashboardRig.With("a").Lose();
        Assert.Equal([false], rig.Connects);
        rig.Pass(0.05);
        Assert.Equal([false], rig.Connects);
        rig.Pass(0.06);
        Assert.Equal([false, false], rig.Connects);
        rig.Pass(0.1);
        Assert.Equal([false, false, true], rig.Connects);
    }

    [Fact]
    public void One_that_was_stopped_on_purpose_is_waited_for_and_not_started()
    {
        using var rig = DashboardRig.With("a");
        rig.IsDaemonStopped = true;
        rig.Lose().Pass(1).Pass(1);
        Assert.Contains("the daemon was stopped; sessions go on; waiting for `tether start`", rig.Resize(120, 24).TopLine, StringComparison.Ordinal);
        Assert.DoesNotContain(true, rig.Connects);
    }

    [Fact]
    public void After_a_reconnection_everything_is_asked_for_again_and_the_alarm_is_over()
    {
        using var rig = DashboardRig.With("a", "b").Press("tab").Lose();
        rig.Desk.Shows("b", "later");
        rig.IsDaemonBack = true;
        rig.Pass(1);
        Assert.Null(rig.State.Alarm);
        Assert.Equal(("reconnected", "b", "later"), (rig.Message, rig.State.Focused, rig.Tile("b")[0]));
        Assert.Single(rig.Desk.All<SubscribeRequest>());
        Assert.Equal(["a", "b"], rig.Desk.All<AttachRequest>().Select(attach => attach.Session));
    }

    [Fact]
    public void A_daemon_that_goes_twice_is_found_twice()
    {
        using var rig = DashboardRig.With("a");
        for (var round = 0; round < 2; round++)
        {
            rig.IsDaemonBack = false;
            rig.Lose().Pass(1);
            Assert.NotNull(rig.State.Alarm);
            rig.IsDaemonBack = true;
            rig.Pass(1);
            Assert.Null(rig.State.Alarm);
        }
    }

    [Fact]
    public void A_popup_outlives_a_reconnection()
    {
        using var rig = DashboardRig.With("a").Press("r").Type("x").Lose();
        rig.IsDaemonBack = true;
        rig.Pass(1).Press("enter");
        Assert.Equal("ax", rig.Desk.All<RenameRequest>().Single().Title);
    }

    [Fact]
    public void There_is_nothing_to_wait_for_when_nothing_happens()
    {
        using var rig = DashboardRig.With("a").Pass(10).Pass(10);
        Assert.Equal(0, rig.NextFeedChange);
        Assert.Equal((false, false), (rig.State.IsDirty, rig.State.IsStale));
    }

    [Fact]
    public void The_daemons_queue_is_asked_for_at_the_start_and_after_a_reconnection()
    {
        using var rig = new DashboardRig();
        rig.Desk.Items.Add(Asked.Command("x", "a"));
        rig.Sessions("a");
        Assert.Equal("x", Assert.Single(rig.Context.Fleet.Queue.Items).Key);
        rig.Lose();
        rig.Desk.Items[0] = Asked.Low("y", "a");
        rig.IsDaemonBack = true;
        rig.Pass(1);
        Assert.Equal("y", Assert.Single(rig.Context.Fleet.Queue.Items).Key);
    }

    [Fact]
    public void A_new_item_has_its_place_asked_for_once_for_many_that_come_together()
    {
        using var rig = DashboardRig.With("a", "b");
        var before = rig.Desk.All<QueueRequest>().Count();
        rig.Desk.Items.AddRange([Asked.Command("z", "a"), Asked.Low("y", "b"), Asked.Plan("x", "b")]);
        foreach (var item in rig.Desk.Items.AsEnumerable().Reverse())
        {
            rig.Desk.Connection.Come(new Protocol.Wire.ItemNotice { Item = item });
        }

        rig.Pass(0);
        Assert.Equal(["z", "y", "x"], rig.Context.Fleet.Queue.Items.Select(item => item.Key));
        Assert.Equal(before + 2, rig.Desk.All<QueueRequest>().Count());
    }

    [Fact]
    public void A_daemon_without_a_queue_is_no_trouble()
    {
        using var rig = new DashboardRig();
        rig.Desk.Refuse<QueueRequest>("what is that?");
        rig.Sessions("a").Pass(1).Happens("a", "bell");
        Assert.Equal("", rig.Message);
        Assert.Single(rig.Context.Fleet.Queue.Items);
    }

    [Fact]
    public void Who_looks_at_what_is_done_tells_the_daemon()
    {
        using var rig = new DashboardRig().Sessions(DashboardRig.Record("a"), Told("b", Protocol.Model.AgentState.Done));
        Assert.Empty(rig.Desk.All<SeenRequest>());
        rig.Press("space");
        Assert.Equal("b", rig.Desk.All<SeenRequest>().Single().Session);
    }

    [Fact]
    public void What_is_done_before_the_eyes_of_who_types_there_is_seen_once()
    {
        using var rig = new DashboardRig().Sessions(Told("a", Protocol.Model.AgentState.Working)).Press("enter");
        rig.Desk.Put(Told("a", Protocol.Model.AgentState.Done));
        rig.Happens("a", "state", "done").Pass(0.1).Happens("a", "state", "done").Pass(0.1);
        Assert.Equal("a", rig.Desk.All<SeenRequest>().Single().Session);
        Assert.Empty(rig.Context.Fleet.Queue.Items);
    }

    [Fact]
    public void A_change_of_state_has_the_records_asked_for()
    {
        using var rig = new DashboardRig().Sessions(Told("a", Protocol.Model.AgentState.Working));
        rig.Desk.Put(Told("a", Protocol.Model.AgentState.LoginNeeded));
        rig.Happens("a", "state", "login").Pass(0.1);
        Assert.Contains("login needed", rig.Text, StringComparison.Ordinal);
    }

    private static Protocol.Model.SessionRecord Told(string id, Protocol.Model.AgentState state) => DashboardRig.Record(id) with
    {
        Provider = "claude",
        Status = new Protocol.Model.AgentStatus { State = state, Since = DashboardRig.Start, Source = Protocol.Model.SignalSource.Hook, Rule = "test" },
    };

    private static int? Pace(DashboardRig rig, string session) =>
        rig.Desk.All<PaceRequest>().LastOrDefault(pace => pace.Channel == rig.Desk.ChannelOf(session))?.Milliseconds;
}
