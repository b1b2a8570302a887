using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Search;
using Tether.Tui.Dashboard.Tiles;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Tiles;

public sealed class TileHistoryTests
{
    [Fact]
    public void It_begins_at_the_newest_rows_and_scrolls_between_both_ends()
    {
        var history = new TileHistory(Lines(100, rows: 10), 10);
        Assert.Equal((90, true, 0), (history.Top, history.IsAtEnd, history.Below));
        history.Page(-1);
        Assert.Equal((81, false, 9), (history.Top, history.IsAtEnd, history.Below));
        history.Scroll(-1000);
        Assert.Equal(0, history.Top);
        history.Scroll(1000);
        Assert.True(history.IsAtEnd);
        history.ToStart();
        history.ToEnd();
        Assert.True(history.IsAtEnd);
    }

    [Fact]
    public void Rows_that_the_scrollback_has_lost_are_not_scrolled_to()
    {
        var history = new TileHistory(Lines(100, rows: 10, scrollback: 20), 10);
        history.ToStart();
        Assert.Equal(70, history.Top);
    }

    [Fact]
    public void A_tile_that_is_higher_than_everything_shows_everything()
    {
        var history = new TileHistory(Lines(5, rows: 10), 40);
        Assert.Equal((0, true), (history.Top, history.IsAtEnd));
        history.Page(-1);
        Assert.Equal(0, history.Top);
    }

    [Fact]
    public void Another_size_keeps_the_rows_within_the_ends()
    {
        var history = new TileHistory(Lines(100, rows: 10), 10);
        history.Resize(30);
        Assert.Equal((70, true), (history.Top, history.IsAtEnd));
        history.Resize(10);
        Assert.Equal(70, history.Top);
    }

    [Fact]
    public void Show_puts_a_row_into_the_middle()
    {
        var history = new TileHistory(Lines(100, rows: 10), 10);
        history.Show(50);
        Assert.Equal(45, history.Top);
        history.Show(99);
        Assert.Equal(90, history.Top);
    }

    [Fact]
    public void A_search_begins_at_the_newest_match_and_moves_only_for_what_is_out_of_sight()
    {
        var history = new TileHistory(Lines(100, rows: 10), 10);
        Assert.True(history.Search(Pattern("line .5")));
        Assert.Equal((94, 90), (history.Match!.Value.FirstRow, history.Top));
        Assert.True(history.Previous());
        Assert.Equal((84, 79), (history.Match.Value.FirstRow, history.Top));
        Assert.True(history.Next());
        Assert.False(history.Next());
        Assert.Equal(94, history.Match.Value.FirstRow);
    }

    [Fact]
    public void A_search_without_a_match_moves_nothing_and_null_ends_it()
    {
        var history = new TileHistory(Lines(100, rows: 10), 10);
        history.Scroll(-20);
        Assert.False(history.Search(Pattern("nowhere")));
        Assert.Equal(70, history.Top);
        Assert.True(history.Search(null));
        Assert.Equal((null, null), (history.Pattern, history.Match));
        Assert.False(history.Previous());
        Assert.False(history.Next());
    }

    [Theory]
    [InlineData("see src/Main.cs:12, please", 6, "src/Main.cs:12")]
    [InlineData("https://example.org/a?b=c#d end", 3, "https://example.org/a?b=c#d")]
    [InlineData("say \"hello world\"", 6, "hello")]
    [InlineData("one  two", 3, "")]
    [InlineData("call(value)", 4, "(")]
    [InlineData("eine Größe hier", 7, "Größe")]
    [InlineData("das 漢字 dort", 5, "漢字")]
    [InlineData("das 漢字 dort", 7, "漢字")]
    public void A_word_is_what_names_paths_and_addresses_are_made_of(string line, int column, string word)
    {
        var history = Screen(line);
        history.SelectWord(history.Emulator.TopRow, column);
        Assert.Equal(word, history.SelectedText());
    }

    [Fact]
    public void A_word_that_autowrap_broke_is_selected_whole()
    {
        var history = Screen("aaaa /a/path/that/goes/on/and/on/for/long end", columns: 20);
        history.SelectWord(history.Emulator.TopRow + 1, 2);
        Assert.Equal("/a/path/that/goes/on/and/on/for/long", history.SelectedText());
    }

    [Fact]
    public void A_column_beyond_the_screen_selects_no_word()
    {
        var history = Screen("text");
        history.SelectWord(history.Emulator.TopRow, 500);
        Assert.Null(history.Selection);
    }

    [Fact]
    public void A_line_is_selected_with_all_rows_that_autowrap_made_of_it()
    {
        var history = Screen("before\r\na line that is wrapped twice by the edge of it\r\nbehind", columns: 20);
        history.SelectLine(history.Emulator.TopRow + 2);
        Assert.Equal("a line that is wrapped twice by the edge of it", history.SelectedText());
    }

    [Fact]
    public void A_selection_has_line_feeds_between_lines_and_no_blanks_behind_them()
    {
        var history = Screen("one two   \r\n\r\n   three\r\nfour");
        var top = history.Emulator.TopRow;
        history.Select((top, 4), (top + 3, 1));
        Assert.Equal("two\n\n   three\nfo", history.SelectedText());
    }

    [Fact]
    public void Both_directions_of_a_selection_are_the_same()
    {
        var history = Screen("one two\r\nthree");
        var top = history.Emulator.TopRow;
        history.Select((top + 1, 2), (top, 4));
        Assert.Equal("two\nthr", history.SelectedText());
        Assert.True(history.IsSelected(top, 4));
        Assert.True(history.IsSelected(top + 1, 2));
        Assert.False(history.IsSelected(top, 3));
        Assert.False(history.IsSelected(top + 1, 3));
    }

    [Fact]
    public void Without_a_selection_nothing_is_selected()
    {
        var history = Screen("one");
        Assert.Equal("", history.SelectedText());
        Assert.False(history.IsSelected(history.Emulator.TopRow, 0));
        history.MoveHead(1, 1);
        history.MoveHeadInLine(toEnd: true);
        Assert.Null(history.Selection);
    }

    [Fact]
    public void The_keyboard_s_selection_begins_at_the_cursor_at_the_match_or_in_the_last_row_shown()
    {
        var history = new TileHistory(Lines(100, rows: 10), 10);
        history.BeginSelection();
        Assert.Equal((99, 8), history.Selection!.Value.Head);

        history.Scroll(-20);
        history.BeginSelection();
        Assert.Equal((79, 0), history.Selection!.Value.Head);

        history.Search(Pattern("line 50"));
        history.BeginSelection();
        Assert.Equal((49, 0), history.Selection!.Value.Head);
    }

    [Fact]
    public void The_end_of_a_selection_stays_on_the_screen_and_in_sight()
    {
        var history = new TileHistory(Lines(100, rows: 10), 10);
        history.BeginSelection();
        history.MoveHead(-30, -100);
        Assert.Equal(((69, 0), 69), (history.Selection!.Value.Head, history.Top));
        history.MoveHeadInLine(toEnd: true);
        Assert.Equal((69, 6), history.Selection!.Value.Head);
        history.MoveHead(1000, 1000);
        Assert.Equal(((99, 29), 90), (history.Selection!.Value.Head, history.Top));
    }

    [Fact]
    public void What_is_shown_can_be_had_as_text_and_the_selection_stays()
    {
        var history = new TileHistory(Lines(100, rows: 10), 10);
        history.Scroll(-50);
        history.Select((41, 0), (41, 3));
        Assert.Equal("line 41\nline 42\nline 43", history.ShownText(3));
        Assert.Equal("line", history.SelectedText());
    }

    [Fact]
    public void Blank_rows_below_are_not_part_of_what_is_shown()
    {
        var history = Screen("one\r\n\r\ntwo\r\n\r\n\r\n");
        Assert.Equal("one\n\ntwo", history.ShownText(10));
    }

    [Fact]
    public void A_screen_is_copied_as_it_is_and_shown_from_the_same_cell()
    {
        var live = new TerminalEmulator(new TerminalOptions { Columns = 40, Rows = 20, ScrollbackRows = 0 }) { SuppressAnswers = true };
        live.Feed(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 50).Select(i => $"\r\nline {i}"))));
        var history = TileHistory.OfScreen(live, new TileCrop(Row: 5, Column: 2, Rows: 10, Columns: 30));
        live.Feed("\e[2J"u8);
        Assert.True(history.IsScreen);
        Assert.Equal(2, history.Left);
        Assert.Equal(history.Emulator.TopRow + 5, history.Top);
        Assert.Equal("line 36", history.Emulator.GetText(history.Emulator.RowAt(history.Top)).TrimEnd());
    }

    private static TerminalEmulator Lines(int count, int rows, int scrollback = 1000) => Fed(string.Join("\r\n", Enumerable.Range(1, count).Select(i => $"line {i}")), 30, rows, scrollback);

    private static TileHistory Screen(string text, int columns = 60) => new(Fed(text, columns, 10, 100), 10);

    private static TerminalEmulator Fed(string text, int columns, int rows, int scrollback)
    {
        var emulator = new TerminalEmulator(new TerminalOptions { Columns = columns, Rows = rows, ScrollbackRows = scrollback }) { SuppressAnswers = true };
        emulator.Feed(Encoding.UTF8.GetBytes(text));
        return emulator;
    }

    private static SearchPattern Pattern(string text)
    {
        Assert.True(SearchPattern.TryRegex(text, SearchCase.Smart, out var pattern, out _));
        return pattern;
    }
}
