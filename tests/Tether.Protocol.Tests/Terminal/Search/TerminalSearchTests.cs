using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Search;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Search;

public sealed class TerminalSearchTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Fact]
    public void The_newest_match_comes_first_unless_asked_otherwise()
    {
        TestTerminal terminal = TestTerminal.Of(20, 3).Feed("ab ab\r\nx\r\ny\r\nz ab\r\n");
        SearchMatch[] oldest = [new(0, 0, 0, 1), new(0, 3, 0, 4), new(3, 2, 3, 3)];
        Assert.Equal(oldest, TerminalSearch.FindAll(terminal.Emulator, Literal("ab"), SearchOrder.OldestFirst));
        Assert.Equal(oldest.Reverse(), TerminalSearch.FindAll(terminal.Emulator, Literal("ab")));
    }

    [Fact]
    public void A_limit_keeps_those_that_come_first()
    {
        TestTerminal terminal = TestTerminal.Of(20, 3).Feed("ab ab\r\nx\r\ny\r\nz ab\r\n");
        Assert.Equal([new SearchMatch(3, 2, 3, 3), new SearchMatch(0, 3, 0, 4)], TerminalSearch.FindAll(terminal.Emulator, Literal("ab"), limit: 2));
        Assert.Equal([new SearchMatch(0, 0, 0, 1)], TerminalSearch.FindAll(terminal.Emulator, Literal("ab"), SearchOrder.OldestFirst, limit: 1));
        Assert.Empty(TerminalSearch.FindAll(terminal.Emulator, Literal("ab"), limit: 0));
    }

    [Fact]
    public void A_line_that_was_wrapped_is_one_line()
    {
        TestTerminal terminal = TestTerminal.Of(5, 3).Feed("one long\r\nline");
        Assert.Equal([new SearchMatch(0, 4, 1, 2)], TerminalSearch.FindAll(terminal.Emulator, Literal("long")));
        Assert.Empty(TerminalSearch.FindAll(terminal.Emulator, Literal("longline")));
    }

    [Fact]
    public void Rows_have_the_matches_of_every_line_that_touches_them()
    {
        TestTerminal terminal = TestTerminal.Of(5, 3).Feed("ab\r\nxx ab ab\r\nab\r\nend");
        SearchMatch[] all = [new(0, 0, 0, 1), new(1, 3, 1, 4), new(2, 1, 2, 2), new(3, 0, 3, 1)];
        Assert.Equal(all[1..3], TerminalSearch.FindIn(terminal.Emulator, Literal("ab"), 2, 3));
        Assert.Equal(all[..3], TerminalSearch.FindIn(terminal.Emulator, Literal("ab"), 0, 2));
        Assert.Equal(all, TerminalSearch.FindIn(terminal.Emulator, Literal("ab"), -5, 500));
    }

    [Fact]
    public void A_line_goes_on_from_the_scrollback_into_the_screen()
    {
        TestTerminal terminal = TestTerminal.Of(5, 2).Feed("abcdefghijklmno");
        Assert.Equal(1, terminal.Emulator.ScrollbackCount);
        Assert.Equal([new SearchMatch(0, 3, 2, 1)], TerminalSearch.FindAll(terminal.Emulator, Literal("defghijkl")));
    }

    [Theory]
    [InlineData("漢字x", "漢", 0, 1)]
    [InlineData("漢字x", "字x", 2, 4)]
    [InlineData("e\u0301a\u0308z", "a\u0308", 1, 1)]
    [InlineData("e\u0301a\u0308z", "a", 1, 1)]
    [InlineData("e\u0301a\u0308z", "z", 2, 2)]
    [InlineData("👩‍👩‍👧 ok", "ok", 3, 4)]
    [InlineData("👩‍👩‍👧 ok", "👩‍👧", 0, 1)]
    [InlineData("a🎉b", "🎉b", 1, 3)]
    public void Characters_of_any_width_map_back_to_their_columns(string text, string pattern, int first, int last)
    {
        TestTerminal shown = TestTerminal.Of(20, 2).Feed(text);
        Assert.Equal([new SearchMatch(0, first, 0, last)], TerminalSearch.FindAll(shown.Emulator, Literal(pattern)));
        TestTerminal scrolled = TestTerminal.Of(20, 2).Feed(text).Feed("\r\n\n\n");
        Assert.Equal([new SearchMatch(0, first, 0, last)], TerminalSearch.FindAll(scrolled.Emulator, Literal(pattern)));
    }

    [Fact]
    public void The_blank_that_a_wide_character_leaves_when_it_wraps_is_no_text()
    {
        TestTerminal terminal = TestTerminal.Of(4, 3).Feed("abc漢d");
        Assert.Equal([new SearchMatch(0, 2, 1, 1)], TerminalSearch.FindAll(terminal.Emulator, Literal("c漢")));
    }

    [Fact]
    public void Cells_that_were_skipped_are_spaces_and_blanks_at_the_end_are_nothing()
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed("a\e[3Cb   ");
        Assert.Single(TerminalSearch.FindAll(terminal.Emulator, Literal("a   b")));
        Assert.Single(TerminalSearch.FindAll(terminal.Emulator, Regex("b$")));
    }

    [Theory]
    [InlineData("error", SearchCase.Smart, 3)]
    [InlineData("Error", SearchCase.Smart, 1)]
    [InlineData("error", SearchCase.Sensitive, 1)]
    [InlineData("Error", SearchCase.Insensitive, 3)]
    public void Case_counts_when_asked_or_when_the_pattern_has_some(string pattern, SearchCase letters, int count)
    {
        TestTerminal terminal = TestTerminal.Of(40, 2).Feed("error Error ERROR");
        Assert.Equal(count, TerminalSearch.FindAll(terminal.Emulator, Literal(pattern, letters)).Count);
        Assert.Equal(count, TerminalSearch.FindAll(terminal.Emulator, Regex(pattern, letters)).Count);
    }

    [Theory]
    [InlineData("er+or", 2)]
    [InlineData(@"\Sr+or", 2)]
    [InlineData(@"\p{L}rror", 2)]
    [InlineData(@"(?<Name>e)rror", 2)]
    [InlineData(@"\x65rror", 2)]
    [InlineData(@"\u0065rror", 2)]
    [InlineData("[A-Z]rror", 1)]
    [InlineData("^error", 1)]
    [InlineData("x*", 0)]
    public void Letters_of_escapes_and_names_are_not_upper_case_text(string pattern, int count)
    {
        TestTerminal terminal = TestTerminal.Of(40, 2).Feed("error Error");
        Assert.Equal(count, TerminalSearch.FindAll(terminal.Emulator, Regex(pattern)).Count);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[z-a]")]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)")]
    [InlineData("a{2")]
    [InlineData("")]
    [InlineData("\\")]
    [InlineData("\\p")]
    [InlineData("(?<")]
    [InlineData("((a{50}){50}){50}")]
    public void A_pattern_that_is_none_says_why_or_is_taken_as_text(string pattern)
    {
        bool isPattern = SearchPattern.TryRegex(pattern, SearchCase.Smart, out SearchPattern? made, out string? error);
        Assert.Equal(pattern == "a{2", isPattern);
        Assert.Equal(isPattern, made is not null);
        Assert.Equal(isPattern, string.IsNullOrEmpty(error));
    }

    [Fact]
    public void A_text_that_is_empty_or_endless_is_no_pattern()
    {
        Assert.False(SearchPattern.TryLiteral("", SearchCase.Smart, out _, out string? error));
        Assert.Contains("1–1000", error, StringComparison.Ordinal);
        Assert.False(SearchPattern.TryLiteral(new string('x', 1001), SearchCase.Smart, out _, out _));
    }

    [Fact]
    public void While_the_alternate_screen_is_shown_only_that_is_searched()
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed("word\r\nword\r\nword\e[?1049h\e[Ha word");
        Assert.Equal([new SearchMatch(1, 2, 1, 5)], TerminalSearch.FindAll(terminal.Emulator, Literal("word")));
        terminal.Feed("\e[?1049l");
        Assert.Equal(3, TerminalSearch.FindAll(terminal.Emulator, Literal("word")).Count);
    }

    [Fact]
    public void One_can_step_from_match_to_match_in_both_directions()
    {
        TestTerminal terminal = TestTerminal.Of(6, 3).Feed("ab ab ab ab\r\nx\r\nab\r\nab");
        SearchMatch[] all = [.. TerminalSearch.FindAll(terminal.Emulator, Literal("ab"), SearchOrder.OldestFirst)];
        var found = new List<SearchMatch>();
        for (SearchMatch? match = TerminalSearch.FindNext(terminal.Emulator, Literal("ab"), -1, 0); match is { } next;
            match = TerminalSearch.FindNext(terminal.Emulator, Literal("ab"), next.FirstRow, next.FirstColumn))
        {
            found.Add(next);
        }

        Assert.Equal(all, found);
        found.Clear();
        for (SearchMatch? match = TerminalSearch.FindPrevious(terminal.Emulator, Literal("ab"), long.MaxValue, 0); match is { } next;
            match = TerminalSearch.FindPrevious(terminal.Emulator, Literal("ab"), next.FirstRow, next.FirstColumn))
        {
            found.Add(next);
        }

        Assert.Equal(all.Reverse(), found);
    }

    [Fact]
    public void A_line_longer_than_the_scrollback_is_found_in_pieces()
    {
        TestTerminal terminal = TestTerminal.Of(2000, 3, scrollback: 2000);
        for (int i = 0; i < 1200; i++)
        {
            terminal.Feed(new string('.', 1990)).Feed("needle....");
        }

        // Each 524 rows are one piece; nothing lies across the cut.
        Assert.Equal(1200, TerminalSearch.FindAll(terminal.Emulator, Literal("needle")).Count);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_occurrence_that_a_plain_search_finds_is_found(int seed)
    {
        TestTerminal terminal = TestTerminal.Of(30, 10, scrollback: 40).Feed(new StreamGenerator(seed).Next(400));
        foreach (string pattern in new[] { "o", "ello", "run build", "漢字", "👩", "\u0301", "g", "  ", "🇬🇧🇺🇸", "d─" })
        {
            Assert.Equal(Naive(terminal.Emulator, pattern), TerminalSearch.FindAll(terminal.Emulator, Literal(pattern, SearchCase.Sensitive), SearchOrder.OldestFirst));
            Assert.Equal(
                Naive(terminal.Emulator, pattern),
                TerminalSearch.FindAll(terminal.Emulator, Regex(pattern, SearchCase.Sensitive), SearchOrder.OldestFirst));
        }
    }

    private static List<SearchMatch> Naive(TerminalEmulator emulator, string pattern)
    {
        var matches = new List<SearchMatch>();
        var text = new StringBuilder();
        var cells = new List<(long Row, int First, int Last)>();
        for (long number = emulator.IsAlternateScreen ? emulator.TopRow : emulator.FirstRow; number < emulator.TopRow + emulator.Rows; number++)
        {
            RowView row = emulator.RowAt(number);
            for (int column = 0; column < row.Cells.Length; column++)
            {
                Cell cell = row.Cells[column];
                string piece = cell.Width == CellWidth.Spacer ? "" : emulator.GetText(cell);
                text.Append(piece);
                cells.AddRange(Enumerable.Repeat((number, column, cell.Width == CellWidth.Wide ? column + 1 : column), piece.Length));
            }

            if (row.IsWrapped && number + 1 < emulator.TopRow + emulator.Rows)
            {
                continue;
            }

            string line = text.ToString().TrimEnd(' ');
            for (int at = line.IndexOf(pattern, StringComparison.Ordinal); at >= 0; at = line.IndexOf(pattern, at + pattern.Length, StringComparison.Ordinal))
            {
                (long lastRow, _, int lastColumn) = cells[at + pattern.Length - 1];
                matches.Add(new SearchMatch(cells[at].Row, cells[at].First, lastRow, lastColumn));
            }

            text.Clear();
            cells.Clear();
        }

        return matches;
    }

    private static SearchPattern Literal(string text, SearchCase letters = SearchCase.Smart)
    {
        Assert.True(SearchPattern.TryLiteral(text, letters, out SearchPattern? pattern, out string? error), error);
        return pattern;
    }

    private static SearchPattern Regex(string text, SearchCase letters = SearchCase.Smart)
    {
        Assert.True(SearchPattern.TryRegex(text, letters, out SearchPattern? pattern, out string? error), error);
        return pattern;
    }
}
