using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Settings;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class SessionActionsTests
{
    [Fact]
    public void R_gives_another_title()
    {
        using var rig = DashboardRig.With("a", "b").Press("r");
        Assert.Contains("Rename", rig.Text, StringComparison.Ordinal);
        rig.Type("2").Press("enter");
        Assert.Equal(("a", "a2"), (rig.Desk.All<RenameRequest>().Single().Session, rig.Desk.All<RenameRequest>().Single().Title));
        Assert.Null(rig.State.Popup);
        Assert.Contains("1 · a2", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Escape_changes_nothing()
    {
        using var rig = DashboardRig.With("a").Press("r").Type("2").Press("esc").Press("x").Press("esc");
        Assert.Null(rig.State.Popup);
        Assert.Empty(rig.Desk.All<RenameRequest>());
        Assert.Empty(rig.Desk.All<StopRequest>());
    }

    [Fact]
    public void A_refused_title_is_said()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.Refuse<RenameRequest>("a title is one line");
        rig.Press("r", "enter");
        Assert.Equal("a title is one line", rig.Message);
    }

    [Fact]
    public void T_gives_tags_separated_by_blanks_or_commas_and_shows_the_present_ones()
    {
        using var rig = new DashboardRig().Sessions(DashboardRig.Record("a") with { Tags = ["old"] }).Press("t").Type(" ui, wire ").Press("enter");
        Assert.Equal(["old", "ui", "wire"], rig.Desk.All<TagRequest>().Single().Tags);
        Assert.Equal(["old", "ui", "wire"], rig.Context.Focused!.Tags);
    }

    [Fact]
    public void X_stops_after_asking()
    {
        using var rig = DashboardRig.With("a", "b").Press("tab", "x");
        Assert.Contains("Stop b?", rig.Text, StringComparison.Ordinal);
        Assert.Empty(rig.Desk.All<StopRequest>());
        rig.Press("enter");
        Assert.Equal("b", rig.Desk.All<StopRequest>().Single().Session);
    }

    [Fact]
    public void What_has_ended_cannot_be_stopped_and_what_runs_cannot_be_deleted()
    {
        using var rig = DashboardRig.With("a", "b").Press("X");
        Assert.Equal("a runs; x stops it", rig.Message);
        rig.Ends("a").Press("x");
        Assert.Equal("a has ended; X forgets it", rig.Message);
        Assert.Null(rig.State.Popup);
    }

    [Fact]
    public void X_in_upper_case_forgets_an_ended_session_after_asking()
    {
        using var rig = DashboardRig.With("a", "b").Ends("a").Press("X");
        Assert.Contains("Forget a?", rig.Text, StringComparison.Ordinal);
        rig.Press("enter");
        Assert.Equal("a", rig.Desk.All<DeleteRequest>().Single().Session);
        rig.Desk.Remove("a");
        rig.Pass(1);
        Assert.Equal("b", rig.State.Focused);
    }

    [Fact]
    public void Z_gives_the_session_the_whole_terminal_and_what_it_showed_is_seen()
    {
        using var rig = DashboardRig.With("a", "b").Pass(1).Happens("b", "bell").Press("tab", "z");
        Assert.Equal(["b"], rig.Zoomed);
        Assert.Empty(rig.Context.Fleet.Queue.Items);
        Assert.NotNull(rig.Context.Book.Find("b"));
    }

    [Fact]
    public void Zooming_from_the_history_leaves_it()
    {
        using var rig = DashboardRig.With("a").Press("pgup", "z");
        Assert.Equal(["a"], rig.Zoomed);
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
    }

    [Fact]
    public void Neither_an_ended_session_nor_the_own_one_is_zoomed()
    {
        using var rig = new DashboardRig(ownSession: "own").Sessions("own", "b").Ends("b").Press("z");
        Assert.Equal("this is the session that the dashboard runs in", rig.Message);
        rig.Press("tab", "z");
        Assert.Equal("b has ended; PgUp shows what it printed", rig.Message);
        Assert.Empty(rig.Zoomed);
    }
}
