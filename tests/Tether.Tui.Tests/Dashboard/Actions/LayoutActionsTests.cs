using Tether.Tui.Dashboard;
using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal;
using Tether.Tui.Views.Controls;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class LayoutActionsTests
{
    [Fact]
    public void L_goes_through_the_layouts_and_each_is_said_and_remembered()
    {
        using var rig = DashboardRig.With("a", "b", "c");
        foreach (var layout in new[] { TileArrangement.Main, TileArrangement.Columns, TileArrangement.Single, TileArrangement.Grid })
        {
            rig.Press("L");
            Assert.Equal($"layout: {layout.ToString().ToLowerInvariant()}", rig.Message);
            Assert.Equal(layout, Remembered(rig).Layout);
        }
    }

    [Fact]
    public void A_single_tile_has_all_the_room()
    {
        using var rig = DashboardRig.With("a", "b").Do(DashboardCommand.LayoutSingle).Press("tab");
        Assert.Equal(rig.State.Layout!.Tiles, rig.State.SlotOf("b")!.Value.Area);
        Assert.Null(rig.State.SlotOf("a"));
    }

    [Fact]
    public void M_makes_the_focused_session_the_big_one()
    {
        using var rig = DashboardRig.With("a", "b", "c").Resize(160, 40).Press("tab", "m");
        Assert.Equal(TileArrangement.Main, rig.Context.Settings.Layout);
        Assert.True(Cells(rig, "b") > Cells(rig, "a"));
        rig.Press("1", "m");
        Assert.True(Cells(rig, "a") > Cells(rig, "b"));
    }

    [Fact]
    public void Plus_and_minus_change_the_size_of_a_tile_and_zero_makes_all_equal()
    {
        using var rig = DashboardRig.With("a", "b").Resize(200, 30).Do(DashboardCommand.LayoutColumns);
        var before = rig.State.SlotOf("a")!.Value.Area.Columns;
        rig.Press("+", "+");
        Assert.True(rig.State.SlotOf("a")!.Value.Area.Columns > before);
        Assert.Contains("a=2", Remembered(rig).Sizes, StringComparison.Ordinal);
        rig.Press("-", "-", "-");
        Assert.True(rig.State.SlotOf("a")!.Value.Area.Columns < before);
        rig.Press("0");
        Assert.Equal(before, rig.State.SlotOf("a")!.Value.Area.Columns);
        Assert.Equal("", Remembered(rig).Sizes);
    }

    [Fact]
    public void Sizes_are_there_again_at_the_next_start()
    {
        using var first = DashboardRig.With("a", "b").Resize(200, 30).Do(DashboardCommand.LayoutColumns).Press("+");
        using var second = new DashboardRig(200, 30, paths: first.Paths).Sessions("a", "b");
        Assert.Equal(first.State.SlotOf("a")!.Value.Area, second.State.SlotOf("a")!.Value.Area);
    }

    [Fact]
    public void S_folds_the_list_away()
    {
        using var rig = DashboardRig.With("a").Press("s");
        Assert.True(rig.State.Layout!.List.IsEmpty);
        Assert.True(Remembered(rig).IsListFolded);
        rig.Press("s");
        Assert.False(rig.State.Layout!.List.IsEmpty);
    }

    [Fact]
    public void On_a_narrow_terminal_s_changes_between_the_list_and_the_tiles_and_nothing_is_remembered()
    {
        using var rig = DashboardRig.With("a", "b").Resize(50, 20).Press("s");
        Assert.True(rig.State.Layout!.Tiles.IsEmpty);
        Assert.False(Remembered(rig).IsListFolded);
        rig.Press("s");
        Assert.True(rig.State.Layout!.List.IsEmpty);
    }

    [Fact]
    public void O_groups_the_list_and_that_is_remembered()
    {
        using var rig = new DashboardRig().Sessions(
            DashboardRig.Record("a") with { Directory = "/one", Tags = ["x"] }, DashboardRig.Record("b") with { Directory = "/two" }).Press("o");
        Assert.Equal(["/one", "/two"], rig.Context.Fleet.Groups.Select(group => group.Name));
        Assert.Equal(Grouping.Directory, Remembered(rig).Grouping);
        rig.Press("o");
        Assert.Equal(["x", ""], rig.Context.Fleet.Groups.Select(group => group.Name));
        rig.Press("o");
        Assert.Equal(["box"], rig.Context.Fleet.Groups.Select(group => group.Name));
        rig.Press("o");
        Assert.Equal("list by: age", rig.Message);
    }

    [Fact]
    public void F_folds_the_focused_session_s_group()
    {
        using var rig = new DashboardRig().Sessions(DashboardRig.Record("a") with { Directory = "/one" }, DashboardRig.Record("b") with { Directory = "/two" });
        rig.Press("f");
        Assert.Equal("there are no groups to fold", rig.Message);
        rig.Do(DashboardCommand.GroupDirectory).Press("f");
        Assert.Equal("/one is folded: 1 of 2 sessions", rig.Message);
        Assert.Equal("b", rig.State.Focused);
        Assert.Null(rig.State.SlotOf("a"));
    }

    [Fact]
    public void All_groups_folded_can_be_unfolded_again()
    {
        using var rig = DashboardRig.With("a").Do(DashboardCommand.GroupDirectory).Press("f");
        Assert.Null(rig.State.Focused);
        rig.Press("F");
        Assert.Equal("a", rig.State.Focused);
    }

    [Fact]
    public void E_shows_what_had_ended_before_and_says_when_nothing_had()
    {
        using var rig = DashboardRig.With("a").Press("e");
        Assert.Equal("no session had ended before", rig.Message);

        using var past = new DashboardRig();
        past.Context.Book.Left(DashboardRig.Start.AddMinutes(-1));
        past.Sessions(DashboardRig.Ended("old"));
        Assert.Null(past.State.SlotOf("old"));
        past.Press("e");
        Assert.NotNull(past.State.SlotOf("old"));
        Assert.Equal("this is old", past.Tile("old")[0]);
    }

    [Fact]
    public void Themes_follow_one_another_and_the_terminal_is_told_of_each()
    {
        using var rig = DashboardRig.With("a");
        foreach (var theme in (string[])[.. Schemes.Names, DashboardSettings.DefaultTheme])
        {
            rig.Do(DashboardCommand.ThemeNext);
            Assert.Equal(($"theme: {theme}", theme), (rig.Message, Remembered(rig).Theme));
        }

        Assert.Equal(Schemes.Names.Count + 1, rig.Restyles);
    }

    [Fact]
    public void Settings_that_cannot_be_written_are_a_message_and_count_until_the_end()
    {
        using var rig = DashboardRig.With("a");
        Directory.CreateDirectory(Path.Combine(rig.Paths.ConfigDirectory, "dashboard"));
        rig.Context.Remember(rig.Context.Settings with { Layout = TileArrangement.Single });
        Assert.NotEqual("", rig.Message);
        Assert.Equal(TileArrangement.Single, rig.Context.Settings.Layout);
    }

    private static int Cells(DashboardRig rig, string session) => rig.State.SlotOf(session)!.Value.Area is var area ? area.Columns * area.Rows : 0;

    private static DashboardSettings Remembered(DashboardRig rig)
    {
        var files = new DashboardFiles(rig.Paths, EscapeChord.Default);
        Assert.Empty(files.Warnings);
        return files.Settings;
    }
}
