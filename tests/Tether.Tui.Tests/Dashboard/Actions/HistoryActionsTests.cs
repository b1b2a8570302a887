using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal.FullScreen;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class HistoryActionsTests
{
    // Rows of the one tile at 80×24.
    private const int Rows = 20;

    [Fact]
    public void PgUp_opens_the_history_a_page_above_the_newest_line()
    {
        using var rig = Printed(60).Press("pgup");
        Assert.Equal(DashboardMode.Scroll, rig.State.Mode);
        Assert.Equal(("line 22", "line 41"), (rig.Tile("a")[0], rig.Tile("a")[Rows - 1]));
        Assert.Contains("19 lines below", rig.Text, StringComparison.Ordinal);
        Assert.Equal(("a", 10_000, "vt"), Asked(rig));
    }

    [Theory]
    [InlineData("up", "line 21")]
    [InlineData("down", "line 23")]
    [InlineData("k", "line 21")]
    [InlineData("pgup", "line 03")]
    [InlineData("pgdn", "line 41")]
    [InlineData("ctrl-u", "line 12")]
    [InlineData("ctrl-d", "line 32")]
    [InlineData("home", "line 01")]
    [InlineData("end", "line 41")]
    [InlineData("G", "line 41")]
    public void Keys_scroll(string key, string first)
    {
        using var rig = Printed(60).Press("pgup", key);
        Assert.Equal(first, rig.Tile("a")[0]);
    }

    [Fact]
    public void Scrolling_ends_at_the_oldest_and_at_the_newest_line()
    {
        using var rig = Printed(60).Press("pgup", "pgup", "pgup", "pgup");
        Assert.Equal("line 01", rig.Tile("a")[0]);
        rig.Press("end", "pgdn", "down");
        Assert.Equal("line 60", rig.Tile("a")[Rows - 1]);
        Assert.Contains("newest line", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Escape_shows_the_live_screen_again()
    {
        using var rig = Printed(60).Press("pgup", "esc");
        Assert.Equal((DashboardMode.Navigate, "this is a"), (rig.State.Mode, rig.Tile("a")[0]));
    }

    [Fact]
    public void What_is_printed_meanwhile_does_not_move_what_is_read()
    {
        using var rig = Printed(60).Press("pgup").Prints("a", "more\r\nand more\r\n");
        Assert.Equal("line 22", rig.Tile("a")[0]);
    }

    [Fact]
    public void Another_size_keeps_the_history_within_its_ends()
    {
        using var rig = Printed(60).Press("pgup", "end").Resize(80, 40);
        Assert.Equal("line 60", rig.Tile("a")[^1]);
        rig.Resize(80, 12);
        Assert.Equal(DashboardMode.Scroll, rig.State.Mode);
    }

    [Fact]
    public void Going_to_another_session_closes_the_history()
    {
        using var rig = DashboardRig.With("a", "b").Press("pgup").Do(DashboardCommand.FocusNext);
        Assert.Equal((DashboardMode.Navigate, "b"), (rig.State.Mode, rig.State.Focused));
        Assert.Null(rig.State.History);
    }

    [Fact]
    public void An_answer_that_comes_after_the_history_was_left_opens_nothing()
    {
        using var rig = Printed(60);
        rig.Desk.Hold<CaptureRequest>();
        rig.Press("pgup", "esc");
        rig.Come(new CaptureReply { Re = rig.Desk.All<CaptureRequest>().Last().Id, Text = "late", Columns = 30, Rows = 6, CursorRow = 0, CursorColumn = 0 });
        Assert.Null(rig.State.History);
        Assert.Equal("this is a", rig.Tile("a")[0]);
    }

    [Fact]
    public void What_is_pressed_before_the_history_is_here_is_done_once_it_is()
    {
        using var rig = Printed(60);
        rig.Desk.Hold<CaptureRequest>();
        rig.Press("pgup", "pgup");
        var asked = Assert.Single(rig.Desk.All<CaptureRequest>());
        rig.Come(new CaptureReply
        {
            Re = asked.Id, Text = string.Join("\r\n", Enumerable.Range(1, 60).Select(Line)), Columns = 30, Rows = 6, CursorRow = 0, CursorColumn = 0,
        });
        Assert.Equal("line 03", rig.Tile("a")[0]);
    }

    [Fact]
    public void A_search_typed_before_the_history_is_here_is_searched_once_it_is()
    {
        using var rig = Printed(60);
        rig.TakeAtOnce([.. "/line 12q".Select(character => new InputEvent.Pressed(KeyPress.Of(character))), new InputEvent.Pressed(KeyPress.Of(Key.Backspace))]);
        rig.Press("enter");
        Assert.Equal("line 12", Match(rig));
    }

    [Fact]
    public void History_is_shown_where_there_is_only_room_for_a_card()
    {
        using var rig = Printed(60).Resize(40, 9);
        Assert.True(rig.State.SlotOf("a")!.Value.IsCard);
        rig.Press("pgup", "home");
        Assert.Contains(rig.Lines, line => line.Contains("line 01", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refused_history_is_said_and_can_be_left()
    {
        using var rig = Printed(60);
        rig.Desk.Refuse<CaptureRequest>("the journal is gone");
        rig.Press("pgup");
        Assert.Equal("the journal is gone", rig.Message);
        rig.Press("esc");
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
    }

    [Fact]
    public void A_search_follows_each_letter_and_enter_keeps_the_place()
    {
        using var rig = Printed(60).Press("/").Type("line 1");
        Assert.Equal("line 19", Match(rig));
        rig.Type("2");
        Assert.Equal("line 12", Match(rig));
        Assert.Contains("line 12", rig.Tile("a"));
        Assert.Contains("/ line 12", rig.BottomLine, StringComparison.Ordinal);
        rig.Press("enter");
        Assert.Null(rig.State.SearchLine);
        Assert.Equal(("line 12", DashboardMode.Scroll), (Match(rig), rig.State.Mode));
        Assert.Contains("line 12", rig.Tile("a"));
    }

    [Fact]
    public void Escape_in_a_search_goes_back_to_where_it_began()
    {
        using var rig = Printed(60).Press("pgup");
        var before = rig.Tile("a");
        rig.Press("/").Type("line 03").Press("esc");
        Assert.Equal(before, rig.Tile("a"));
        Assert.Null(rig.State.History!.Pattern);
        Assert.Equal(DashboardMode.Scroll, rig.State.Mode);
    }

    [Fact]
    public void Small_n_goes_on_to_older_matches_and_capital_n_back_and_both_say_when_there_are_no_more()
    {
        using var rig = Printed(60).Press("/").Type("line .5").Press("enter");
        Assert.Equal("line 55", Match(rig));
        rig.Press("n", "n");
        Assert.Equal("line 35", Match(rig));
        rig.Press("N");
        Assert.Equal("line 45", Match(rig));
        rig.Press("N", "N");
        Assert.Equal(("line 55", "no newer match"), (Match(rig), rig.Message));
        rig.Press("n", "n", "n", "n", "n", "n");
        Assert.Equal(("line 05", "no older match"), (Match(rig), rig.Message));
    }

    [Fact]
    public void The_arrows_go_from_match_to_match_while_the_search_is_typed()
    {
        using var rig = Printed(60).Press("/").Type("line .5").Press("up", "up", "down");
        Assert.Equal("line 45", Match(rig));
        Assert.NotNull(rig.State.SearchLine);
    }

    [Theory]
    [InlineData("nowhere", "nothing matches nowhere")]
    [InlineData("(", "Invalid pattern")]
    public void A_search_that_finds_nothing_and_a_wrong_expression_are_said(string text, string message)
    {
        using var rig = Printed(60).Press("/").Type(text).Press("enter");
        Assert.Contains(message, rig.Message, StringComparison.Ordinal);
        Assert.Equal(DashboardMode.Scroll, rig.State.Mode);
    }

    [Fact]
    public void A_paste_goes_into_the_search()
    {
        using var rig = Printed(60).Press("/").Paste("line", " 12");
        Assert.Equal("line 12", Match(rig));
    }

    [Fact]
    public void The_keyboard_selects_from_the_cursor_and_y_copies()
    {
        using var rig = Printed(60).Press("v", "0", "k");
        Assert.NotNull(rig.State.History!.Selection);
        rig.Press("y");
        Assert.Equal("line 59\nline 60", Assert.Single(rig.Copied));
        Assert.Equal("copied by OSC 52", rig.Message);
        Assert.Null(rig.State.History!.Selection);
    }

    [Fact]
    public void Escape_takes_the_selection_away_and_then_the_history()
    {
        using var rig = Printed(60).Press("v", "esc");
        Assert.Null(rig.State.History!.Selection);
        rig.Press("v", "v");
        Assert.Null(rig.State.History!.Selection);
        rig.Press("esc");
        Assert.Null(rig.State.History);
    }

    [Fact]
    public void A_selection_begins_at_the_match_of_a_search()
    {
        using var rig = Printed(60).Press("/").Type("12").Press("enter", "v", "$", "y");
        Assert.Equal("12", Assert.Single(rig.Copied));
    }

    [Fact]
    public void Copying_without_a_selection_takes_what_is_shown()
    {
        using var rig = Printed(60).Press("y");
        Assert.Equal("this is a", rig.Copied[^1]);
        rig.Press("pgup", "y");
        Assert.Equal(string.Join('\n', Enumerable.Range(22, 20).Select(Line)), rig.Copied[^1]);
    }

    [Fact]
    public void Nothing_to_copy_is_said()
    {
        using var rig = new DashboardRig();
        rig.Desk.Put(DashboardRig.Record("a"));
        rig.Begin().Press("y");
        Assert.Equal("nothing to copy", rig.Message);
        Assert.Empty(rig.Copied);
    }

    [Fact]
    public void B_jumps_to_where_the_output_was_at_the_last_look()
    {
        using var rig = new DashboardRig();
        rig.Context.Book.Looked("a", new Look(DashboardRig.Start.AddMinutes(-10), 0, 30));
        Fill(rig, 60).Press("pgup", "b");
        Assert.Contains(Line(31), rig.Tile("a"));
        Assert.DoesNotContain(Line(60), rig.Tile("a"));
        Assert.Equal("from the top: what came since you looked 10m ago", rig.Message);
    }

    [Fact]
    public void Without_a_look_or_without_news_b_says_so()
    {
        using var never = Printed(60).Press("pgup", "b");
        Assert.Equal("you never looked at this session before", never.Message);

        using var rig = new DashboardRig();
        rig.Context.Book.Looked("a", new Look(DashboardRig.Start.AddMinutes(-10), 0, 60));
        Fill(rig, 60).Press("pgup", "b");
        Assert.Equal("nothing was printed since you looked", rig.Message);
    }

    [Fact]
    public void Brackets_jump_from_prompt_to_prompt()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.Printed("a", [.. Enumerable.Range(1, 90).Select(i => i % 30 == 10 ? $"\e]133;A\a$ {Line(i)}" : Line(i))]);
        rig.Press("pgup", "home", "]");
        Assert.Equal("$ line 10", rig.Tile("a")[0]);
        rig.Press("]");
        Assert.Equal("$ line 40", rig.Tile("a")[0]);
        rig.Press("[");
        Assert.Equal("$ line 10", rig.Tile("a")[0]);
        rig.Press("[");
        Assert.StartsWith("no prompt there", rig.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_history_of_an_ended_session_can_be_read()
    {
        using var rig = Printed(60).Ends("a").Press("pgup", "end");
        Assert.Equal("line 60", rig.Tile("a")[^1]);
    }

    [Fact]
    public void Enter_types_into_the_session_whose_history_is_shown()
    {
        using var rig = Printed(60).Press("pgup", "enter").Type("x");
        Assert.Equal((DashboardMode.Type, "x"), (rig.State.Mode, rig.TypedText));
        Assert.Null(rig.State.History);
    }

    private static DashboardRig Printed(int lines) => Fill(new DashboardRig(), lines);

    private static DashboardRig Fill(DashboardRig rig, int lines)
    {
        rig.Desk.Printed("a", [.. Enumerable.Range(1, lines).Select(Line)]);
        return rig.Sessions(DashboardRig.Record("a") with { OutputRow = lines });
    }

    private static string Line(int number) => $"line {number:00}";

    private static (string Session, int Rows, string Format) Asked(DashboardRig rig)
    {
        var asked = Assert.Single(rig.Desk.All<CaptureRequest>());
        return (asked.Session, asked.Scrollback, asked.Format);
    }

    private static string Match(DashboardRig rig)
    {
        var history = rig.State.History!;
        return history.Emulator.GetText(history.Emulator.RowAt(history.Match!.Value.FirstRow)).TrimEnd();
    }
}
