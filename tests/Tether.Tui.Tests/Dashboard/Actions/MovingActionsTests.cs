using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Settings;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class MovingActionsTests
{
    [Fact]
    public void Tab_goes_around()
    {
        using var rig = DashboardRig.With("a", "b", "c");
        Assert.Equal(["b", "c", "a"], Way(rig, "tab", "tab", "tab"));
        Assert.Equal(["c", "b"], Way(rig, "shift-tab", "shift-tab"));
    }

    [Fact]
    public void A_number_goes_to_the_session_that_has_it_and_nowhere_if_none_has()
    {
        using var rig = DashboardRig.With("a", "b", "c");
        Assert.Equal(["c", "b", "b"], Way(rig, "3", "2", "9"));
    }

    [Fact]
    public void Home_and_end_go_to_the_first_and_the_last()
    {
        using var rig = DashboardRig.With("a", "b", "c").Press("end");
        Assert.Equal("c", rig.State.Focused);
        rig.Press("g", "g");
        Assert.Equal("a", rig.State.Focused);
    }

    [Fact]
    public void Arrows_go_to_the_tile_on_that_side()
    {
        using var rig = DashboardRig.With("a", "b", "c", "d").Resize(140, 40);
        Assert.Equal(["b", "d", "c", "a"], Way(rig, "right", "down", "left", "up"));
        Assert.Equal(["b", "d", "c", "a"], Way(rig, "l", "j", "h", "k"));
    }

    [Fact]
    public void Where_no_tile_is_on_that_side_arrows_go_through_the_list()
    {
        using var rig = DashboardRig.With("a", "b", "c", "d").Resize(140, 40);
        Assert.Equal(["b", "c"], Way(rig, "right", "right"));
        Assert.Equal(["a", "a"], Way(rig, "up", "up"));
    }

    [Fact]
    public void Brackets_turn_the_pages()
    {
        using var rig = DashboardRig.With([.. Enumerable.Range(1, 7).Select(i => $"s{i}")]).Resize(80, 20);
        Assert.Equal(4, Pages(rig));
        rig.Press("]");
        Assert.Equal("s3", rig.State.Focused);
        Assert.Equal(1, rig.State.Tiles.Number);
        rig.Press("[");
        Assert.Equal(("s2", 0), (rig.State.Focused, rig.State.Tiles.Number));
        rig.Press("[");
        Assert.Equal("s2", rig.State.Focused);
    }

    [Fact]
    public void What_had_ended_before_is_passed_over_until_it_is_unfolded()
    {
        using var rig = new DashboardRig();
        rig.Context.Book.Left(DashboardRig.Start.AddMinutes(-1));
        rig.Sessions(DashboardRig.Record("a"), DashboardRig.Ended("old"), DashboardRig.Record("b"));
        Assert.Equal(["b", "a"], Way(rig, "tab", "tab"));
        rig.Press("e");
        Assert.Equal(["b", "old", "a"], Way(rig, "tab", "tab", "tab"));
    }

    [Fact]
    public void Folded_groups_are_passed_over()
    {
        using var rig = Grouped();
        rig.Press("tab", "f");
        Assert.Equal(["a", "c"], rig.Context.Roster.Sessions.Select(item => item.Id));
        Assert.Equal("a", rig.State.Focused);
        Assert.Equal(["c", "a"], Way(rig, "tab", "tab"));
        rig.Press("F");
        Assert.Equal(["b", "c", "a"], Way(rig, "tab", "tab", "tab"));
    }

    [Fact]
    public void When_the_focused_session_is_gone_the_first_that_runs_has_the_focus()
    {
        using var rig = new DashboardRig().Sessions(DashboardRig.Ended("0"), DashboardRig.Record("a"), DashboardRig.Record("b"));
        rig.Press("end");
        Assert.Equal("b", rig.State.Focused);
        rig.Desk.Remove("b");
        rig.Come(new SessionEventNotice { Session = "b", Kind = "deleted", At = rig.Clock.Now });
        Assert.Equal("a", rig.State.Focused);
    }

    [Fact]
    public void The_focus_stays_when_other_sessions_come_and_go()
    {
        using var rig = DashboardRig.With("a", "b", "c").Press("tab");
        rig.Desk.Remove("a");
        rig.Desk.Put(DashboardRig.Record("d", createdSeconds: 1));
        rig.Happens("d", "created").Pass(1);
        Assert.Equal(["b", "c", "d"], rig.Context.Roster.Sessions.Select(item => item.Id));
        Assert.Equal("b", rig.State.Focused);
    }

    [Fact]
    public void The_last_session_that_goes_leaves_no_focus_and_no_mode_behind()
    {
        using var rig = DashboardRig.With("a").Press("enter");
        rig.Desk.Remove("a");
        rig.Come(new SessionEventNotice { Session = "a", Kind = "deleted", At = rig.Clock.Now });
        Assert.Null(rig.State.Focused);
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
    }

    [Fact]
    public void Who_only_passes_by_has_not_looked()
    {
        using var rig = DashboardRig.With("a", "b", "c").Press("tab").Pass(1).Press("tab").Pass(2).Press("tab");
        Assert.Null(rig.Context.Book.Find("b"));
        Assert.Equal(DashboardRig.Start.AddSeconds(3), rig.Context.Book.Find("c")!.At);
    }

    [Fact]
    public void In_one_column_the_arrows_go_through_the_list_that_is_in_front()
    {
        using var rig = DashboardRig.With("a", "b", "c").Resize(50, 20).Press("s");
        Assert.True(rig.State.IsListInFront);
        Assert.Equal(["b", "c", "b"], Way(rig, "down", "down", "up"));
    }

    [Fact]
    public void A_session_that_is_gone_cannot_be_gone_to()
    {
        using var rig = DashboardRig.With("a");
        rig.Actions.Moving.GoTo("nobody");
        Assert.Equal(("a", "that session is gone"), (rig.State.Focused, rig.Message));
    }

    private static DashboardRig Grouped()
    {
        SessionRecord In(string id, string directory) => DashboardRig.Record(id) with { Directory = directory };
        return new DashboardRig().Sessions(In("a", "/one"), In("b", "/two"), In("c", "/three")).Do(DashboardCommand.GroupDirectory);
    }

    private static int Pages(DashboardRig rig) => rig.State.Tiles.Count;

    private static IEnumerable<string?> Way(DashboardRig rig, params string[] keys) => [.. keys.Select(key => rig.Press(key).State.Focused)];
}
