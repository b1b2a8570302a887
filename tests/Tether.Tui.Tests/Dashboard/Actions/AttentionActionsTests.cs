using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class AttentionActionsTests
{
    [Fact]
    public void Space_goes_to_what_has_waited_longest_and_then_on()
    {
        using var rig = Rung("c", "b").Press("space");
        Assert.Equal("c", rig.State.Focused);
        rig.Pass(1).Press("space");
        Assert.Equal("b", rig.State.Focused);
        rig.Pass(1).Press("space");
        Assert.Equal(("b", "nothing needs you"), (rig.State.Focused, rig.Message));
    }

    [Fact]
    public void Space_finds_a_session_on_another_page_and_in_a_folded_group()
    {
        using var rig = new DashboardRig(80, 12).Sessions(
            DashboardRig.Record("a") with { Directory = "/one" }, DashboardRig.Record("b") with { Directory = "/two" }, DashboardRig.Record("c") with { Directory = "/two" });
        rig.Do(DashboardCommand.GroupDirectory).Press("end", "f").Pass(1).Happens("c", "bell").Press("space");
        Assert.Equal("c", rig.State.Focused);
        Assert.NotNull(rig.State.SlotOf("c"));
    }

    [Fact]
    public void Space_on_the_only_session_that_needs_somebody_sees_it()
    {
        using var rig = DashboardRig.With("a", "b").Pass(1).Happens("a", "bell").Press("space");
        Assert.Equal("a", rig.State.Focused);
        Assert.Empty(rig.Context.Fleet.Queue.Items);
    }

    [Fact]
    public void In_the_queue_keys_choose_and_enter_goes_there()
    {
        using var rig = Rung("c", "b").Press("a");
        Assert.Equal((DashboardMode.Queue, 0), (rig.State.Mode, rig.State.QueueIndex));
        rig.Press("k", "j", "j", "j");
        Assert.Equal(1, rig.State.QueueIndex);
        rig.Press("enter");
        Assert.Equal((DashboardMode.Navigate, "b"), (rig.State.Mode, rig.State.Focused));
        Assert.Equal("c", Assert.Single(rig.Context.Fleet.Queue.Items).Session);
    }

    [Fact]
    public void An_empty_queue_is_not_entered()
    {
        using var rig = DashboardRig.With("a").Press("a");
        Assert.Equal((DashboardMode.Navigate, "nothing needs you"), (rig.State.Mode, rig.Message));
    }

    [Fact]
    public void D_takes_the_chosen_item_out_and_the_last_one_ends_the_mode()
    {
        using var rig = Rung("c", "b").Press("a", "j", "d");
        Assert.Equal("c", Assert.Single(rig.Context.Fleet.Queue.Items).Session);
        Assert.Equal(0, rig.State.QueueIndex);
        rig.Press("d");
        Assert.Empty(rig.Context.Fleet.Queue.Items);
        Assert.Equal((DashboardMode.Navigate, "c"), (rig.State.Mode, rig.State.Focused));
    }

    [Fact]
    public void D_outside_the_queue_takes_out_what_the_focused_session_wants()
    {
        using var rig = Rung("c", "b").Press("3", "d");
        Assert.Equal("b", Assert.Single(rig.Context.Fleet.Queue.Items).Session);
        rig.Press("1", "d");
        Assert.Equal("nothing of this session is in the queue", rig.Message);
    }

    [Fact]
    public void The_end_of_a_program_needs_somebody()
    {
        using var rig = DashboardRig.With("a", "b").Ends("b", exitCode: 2);
        var item = Assert.Single(rig.Context.Fleet.Queue.Items);
        Assert.Equal((AttentionKind.Failed, "b"), (item.Kind, item.Session));
        Assert.Contains("failed", rig.Lines[^2], StringComparison.Ordinal);
        Assert.Contains("exit 2", rig.Lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_queue_that_empties_by_itself_while_it_is_chosen_in_is_left()
    {
        using var rig = Rung("b").Press("a");
        rig.Desk.Remove("b");
        rig.Happens("b", "deleted");
        Assert.Empty(rig.Context.Fleet.Queue.Items);
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
    }

    [Fact]
    public void What_is_chosen_in_the_queue_stays_chosen_when_an_older_item_goes()
    {
        using var rig = Rung("c", "b").Press("a", "j");
        rig.Desk.Remove("c");
        rig.Happens("c", "deleted").Press("enter");
        Assert.Equal("b", rig.State.Focused);
    }

    // They ring one second after the other.
    private static DashboardRig Rung(params string[] sessions)
    {
        var rig = DashboardRig.With("a", "b", "c");
        foreach (var session in sessions)
        {
            rig.Pass(1).Happens(session, "bell");
        }

        return rig.Pass(1);
    }
}
