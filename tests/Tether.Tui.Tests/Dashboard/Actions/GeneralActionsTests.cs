using Tether.Tui.Dashboard.Settings;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class GeneralActionsTests
{
    [Fact]
    public void Q_ends_the_dashboard_well()
    {
        using var rig = DashboardRig.With("a").Press("q");
        Assert.Equal(0, rig.Status);
    }

    [Fact]
    public void Ctrl_l_draws_everything_anew()
    {
        using var rig = DashboardRig.With("a").Press("ctrl-l");
        Assert.Equal(1, rig.Redraws);
    }

    [Fact]
    public void A_key_closes_the_help_and_means_nothing_else()
    {
        using var rig = DashboardRig.With("a").Press("?");
        Assert.Contains("Keys", rig.Text, StringComparison.Ordinal);
        rig.Press("q");
        Assert.Null(rig.State.Popup);
        Assert.Null(rig.Status);
    }

    [Fact]
    public void The_palette_goes_to_a_session_by_a_few_letters()
    {
        using var rig = DashboardRig.With("parser", "docs", "check").Press("ctrl-p").Type("go che").Press("enter");
        Assert.Equal("check", rig.State.Focused);
        Assert.Null(rig.State.Popup);
    }

    [Fact]
    public void The_palette_carries_out_a_command_that_has_no_key()
    {
        using var rig = DashboardRig.With("a").Press(":").Type("layout-single").Press("enter");
        Assert.Equal("layout: single", rig.Message);
    }

    [Fact]
    public void What_the_palette_opens_is_open()
    {
        using var rig = DashboardRig.With("a").Press(":").Type("rename").Press("enter");
        Assert.Contains("Rename", rig.Text, StringComparison.Ordinal);
        Assert.NotNull(rig.State.Popup);
    }

    [Fact]
    public void Escape_closes_the_palette_and_nothing_happens()
    {
        using var rig = DashboardRig.With("a", "b").Press(":").Type("go b").Press("esc");
        Assert.Equal(("a", DashboardMode.Navigate), (rig.State.Focused, rig.State.Mode));
        Assert.Null(rig.State.Popup);
    }

    [Fact]
    public void The_palette_offers_what_can_be_done_anywhere_but_not_what_only_a_history_or_the_queue_knows()
    {
        using var rig = DashboardRig.With("a").Press(":").Type("queue-open");
        Assert.DoesNotContain("queue-open:", rig.Text, StringComparison.Ordinal);
    }
}
