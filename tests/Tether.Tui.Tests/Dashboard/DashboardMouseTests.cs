using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal.FullScreen;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

public sealed class DashboardMouseTests
{
    [Fact]
    public void A_click_focuses_and_a_click_on_what_is_focused_types()
    {
        using var rig = DashboardRig.With("a", "b");
        rig.Click(rig.InTile("b", 3, 3));
        Assert.Equal(("b", DashboardMode.Navigate), (rig.State.Focused, rig.State.Mode));
        rig.Pass(1).Click(rig.InTile("b", 3, 3));
        Assert.Equal((DashboardMode.Type, TypingPhase.Live), (rig.State.Mode, rig.State.Typing));
    }

    [Fact]
    public void A_click_on_the_border_focuses_and_types_nowhere()
    {
        using var rig = DashboardRig.With("a", "b");
        rig.Click(rig.InTile("b", -1, 3)).Pass(1).Click(rig.InTile("b", -1, 3));
        Assert.Equal(("b", DashboardMode.Navigate), (rig.State.Focused, rig.State.Mode));
    }

    [Fact]
    public void A_drag_selects_and_copies_and_the_live_screen_is_back()
    {
        using var rig = Showing("one two three\r\nfour five six\r\n");
        rig.Mouse(MouseAction.Press, 1, rig.InTile("a", 0, 4)).Mouse(MouseAction.Move, 1, rig.InTile("a", 1, 3));
        Assert.NotNull(rig.State.History);
        rig.Prints("a", "\e[2J");
        Assert.Equal("one two three", rig.Tile("a")[0]);

        rig.Mouse(MouseAction.Release, 1, rig.InTile("a", 1, 3));
        Assert.Equal("two three\nfour", Assert.Single(rig.Copied));
        Assert.Equal((DashboardMode.Navigate, "copied by OSC 52"), (rig.State.Mode, rig.Message));
        Assert.Equal("", rig.Tile("a")[0]);
    }

    [Fact]
    public void A_drag_backwards_and_beyond_the_tile_ends_at_its_edge()
    {
        using var rig = Showing("one two three\r\nfour five six\r\n");
        rig.Drag(rig.InTile("a", 1, 3), (0, 0));
        Assert.Equal("one two three\nfour", Assert.Single(rig.Copied));
    }

    [Fact]
    public void A_drag_begun_in_another_tile_focuses_it_and_selects_there()
    {
        using var rig = DashboardRig.With("a", "b");
        rig.Drag(rig.InTile("b", 0, 0), rig.InTile("b", 0, 3));
        Assert.Equal(("b", "this"), (rig.State.Focused, Assert.Single(rig.Copied)));
    }

    [Fact]
    public void Two_clicks_copy_a_word_and_three_the_line_however_often_it_was_wrapped()
    {
        using var rig = DashboardRig.With("a", "b").Prints("b", "\e[H\e[2Jerror in src/main.cs:12 while it was being compiled");
        rig.Click(rig.InTile("b", 0, 12), times: 2);
        Assert.Equal("src/main.cs:12", rig.Copied[^1]);
        rig.Click(rig.InTile("b", 0, 12));
        Assert.Equal("error in src/main.cs:12 while it was being compiled", rig.Copied[^1]);
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
    }

    [Fact]
    public void Two_slow_clicks_are_two_clicks()
    {
        using var rig = DashboardRig.With("a", "b");
        rig.Click(rig.InTile("b", 0, 1)).Pass(1).Click(rig.InTile("b", 0, 1));
        Assert.Empty(rig.Copied);
    }

    [Fact]
    public void The_wheel_scrolls_three_lines_a_notch()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.Printed("a", [.. Enumerable.Range(1, 60).Select(i => $"line {i}")]);
        rig.Wheel(rig.InTile("a", 2, 2), -2);
        Assert.Equal((DashboardMode.Scroll, "line 35"), (rig.State.Mode, rig.Tile("a")[0]));
        rig.Wheel(rig.InTile("a", 2, 2), 1);
        Assert.Equal("line 38", rig.Tile("a")[0]);
    }

    [Fact]
    public void The_wheel_towards_newer_lines_opens_nothing()
    {
        using var rig = DashboardRig.With("a");
        rig.Wheel(rig.InTile("a", 2, 2), 1);
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
    }

    [Fact]
    public void A_selection_in_the_history_counts_from_what_is_shown()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.Printed("a", [.. Enumerable.Range(1, 60).Select(i => $"line {i}")]);
        rig.Press("pgup", "home");
        rig.Drag(rig.InTile("a", 1, 0), rig.InTile("a", 2, 5));
        Assert.Equal(("line 2\nline 3", DashboardMode.Scroll), (Assert.Single(rig.Copied), rig.State.Mode));
    }

    [Fact]
    public void The_wheel_over_a_full_screen_program_that_is_typed_into_presses_its_arrows()
    {
        using var rig = Showing("\e[?1049h").Press("enter");
        rig.Wheel(rig.InTile("a", 2, 2), -1).Wheel(rig.InTile("a", 2, 2), 1);
        Assert.Equal("\e[A\e[A\e[A\e[B\e[B\e[B", rig.TypedText);
        Assert.Equal(DashboardMode.Type, rig.State.Mode);
    }

    [Fact]
    public void A_live_program_that_wants_the_mouse_gets_it_in_cells_of_its_own()
    {
        using var rig = new DashboardRig().Sessions(DashboardRig.Record("a") with { Columns = 120, Rows = 50 });
        rig.Prints("a", "\e[?1002h\e[?1006h\e[50;1Hbottom").Press("enter");
        rig.Drag(rig.InTile("a", 0, 0), rig.InTile("a", 2, 5));
        Assert.Equal("\e[<0;1;31M\e[<32;6;33M\e[<0;6;33m", rig.TypedText);
        Assert.Empty(rig.Copied);
    }

    [Fact]
    public void A_program_that_wants_the_mouse_does_not_get_it_while_nobody_types_there()
    {
        using var rig = DashboardRig.With("a", "b").Prints("b", "\e[?1000h\e[?1006h");
        rig.Click(rig.InTile("b", 0, 0));
        Assert.Equal("b", rig.State.Focused);
        Assert.Empty(rig.Typed);
    }

    [Fact]
    public void A_click_outside_the_session_s_screen_but_inside_its_tile_is_told_to_no_program()
    {
        using var rig = DashboardRig.With("a").Prints("a", "\e[?1000h\e[?1006h").Press("enter");
        rig.Click(rig.InTile("a", 15, 40));
        Assert.Equal("", rig.TypedText);
        Assert.Equal(DashboardMode.Type, rig.State.Mode);
    }

    [Fact]
    public void A_click_in_the_list_focuses()
    {
        using var rig = DashboardRig.With("a", "b", "c");
        rig.Click(InList(rig, "c"));
        Assert.Equal("c", rig.State.Focused);
    }

    [Fact]
    public void A_click_on_a_group_folds_and_unfolds_it()
    {
        using var rig = new DashboardRig().Sessions(
            DashboardRig.Record("a") with { Directory = "/one" }, DashboardRig.Record("b") with { Directory = "/two" });
        rig.Do(DashboardCommand.GroupDirectory);
        var heading = (2, Row(rig, "/two"));
        rig.Click(heading);
        Assert.Equal(["a"], rig.Context.Roster.Sessions.Select(item => item.Id));
        rig.Click(heading);
        Assert.Equal(["a", "b"], rig.Context.Roster.Sessions.Select(item => item.Id));
    }

    [Fact]
    public void A_click_on_the_queue_goes_to_the_session_that_stands_there()
    {
        using var rig = Queue(5);
        rig.Click((5, Row(rig, "s3")));
        Assert.Equal("s3", rig.State.Focused);
    }

    [Fact]
    public void A_click_on_a_queue_that_has_scrolled_goes_to_the_session_that_stands_there()
    {
        using var rig = Queue(5).Press("a", "j", "j", "j", "j");
        rig.Click((5, Row(rig, "s4")));
        Assert.Equal(("s4", DashboardMode.Navigate), (rig.State.Focused, rig.State.Mode));
    }

    [Fact]
    public void While_a_popup_is_open_the_mouse_is_its_own()
    {
        using var rig = DashboardRig.With("a", "b");
        var at = rig.InTile("b", 1, 1);
        rig.Press("?").Click(at);
        Assert.Equal("a", rig.State.Focused);
    }

    [Fact]
    public void The_wheel_while_typing_shows_history_and_the_next_key_is_still_the_session_s()
    {
        using var rig = DashboardRig.With("a").Press("enter");
        rig.Desk.Printed("a", [.. Enumerable.Range(1, 60).Select(i => $"line {i}")]);
        rig.Wheel(rig.InTile("a", 2, 2), -1);
        Assert.Equal("line 38", rig.Tile("a")[0]);
        rig.Type("q");
        Assert.Equal((DashboardMode.Type, TypingPhase.Live, "q"), (rig.State.Mode, rig.State.Typing, rig.TypedText));
        Assert.Equal("this is a", rig.Tile("a")[0]);
        Assert.Null(rig.Status);
    }

    [Fact]
    public void The_wheel_down_to_the_newest_line_shows_the_live_screen_again_while_typing()
    {
        using var rig = DashboardRig.With("a").Press("enter");
        rig.Desk.Printed("a", [.. Enumerable.Range(1, 60).Select(i => $"line {i}")]);
        rig.Wheel(rig.InTile("a", 2, 2), -2).Wheel(rig.InTile("a", 2, 2), 2);
        Assert.Null(rig.State.History);
        Assert.Equal(TypingPhase.Live, rig.State.Typing);
    }

    [Fact]
    public void Notches_of_the_wheel_that_come_before_the_history_count_all()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.Printed("a", [.. Enumerable.Range(1, 60).Select(i => $"line {i}")]);
        var at = rig.InTile("a", 2, 2);
        var notch = new InputEvent.Pointed(new MouseEvent(MouseAction.Press, 4, at.Row, at.Column, KeyModifiers.None));
        rig.TakeAtOnce(notch, notch, notch);
        Assert.Equal("line 32", rig.Tile("a")[0]);
        Assert.Single(rig.Desk.All<CaptureRequest>());
    }

    private static DashboardRig Showing(string output) => DashboardRig.With("a").Prints("a", $"\e[H\e[2J{output}");

    // All ring one after the other; then they are looked at no more.
    private static DashboardRig Queue(int count)
    {
        var rig = DashboardRig.With([.. Enumerable.Range(1, count).Select(i => $"s{i}")]);
        for (var i = 1; i <= count; i++)
        {
            rig.Pass(1).Happens($"s{i}", "bell");
        }

        return rig;
    }

    private static (int Column, int Row) InList(DashboardRig rig, string session) =>
        (3, rig.State.Layout!.List.Row + Array.FindIndex(rig.State.ListRows, entry => entry?.Id == session));

    // The last row whose left part has it: the list is above the queue.
    private static int Row(DashboardRig rig, string text) => Array.FindLastIndex(rig.Lines, line => line[..24].Contains(text, StringComparison.Ordinal));
}
