using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

public sealed class ParserTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("abc\e", 3)]
    [InlineData("abc\e[1;3", 3)]
    [InlineData("abc\e[1;31m", 10)]
    [InlineData("ab\e]0;tit", 2)]
    [InlineData("ab\e]0;tit\e", 2)]
    [InlineData("ab\e]0;tit\e\\", 11)]
    [InlineData("ab\e]0;tit\e[3", 9)]
    [InlineData("ab\e[1\e[2", 5)]
    [InlineData("ab\eP$q", 2)]
    [InlineData("ab\e[1\x18", 6)]
    public void The_safe_position_is_before_an_unfinished_sequence(string text, long expected)
    {
        var terminal = TestTerminal.Of(20, 2);
        foreach (char c in text)
        {
            terminal.Feed((byte)c);
        }

        Assert.Equal(expected, terminal.Emulator.SafePosition);
        Assert.Equal(text.Length, terminal.Emulator.Position);
    }

    [Fact]
    public void The_safe_position_is_before_an_unfinished_character()
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed("a"u8).Feed(0xE6, 0xBC);
        Assert.Equal(1, terminal.Emulator.SafePosition);
        terminal.Feed(0xA2);
        Assert.Equal(4, terminal.Emulator.SafePosition);
        Assert.Equal("a漢", terminal.Lines[0]);
    }

    [Fact]
    public void Positions_count_from_where_the_owner_says()
    {
        var terminal = TestTerminal.Of(20, 2);
        terminal.Emulator.Position = 1000;
        terminal.Emulator.Feed("ab\e["u8);
        Assert.Equal((1004, 1002), (terminal.Emulator.Position, terminal.Emulator.SafePosition));
    }

    [Fact]
    public void A_hidden_span_begins_with_the_sequence_even_in_an_earlier_feed()
    {
        var terminal = TestTerminal.Of(20, 2);
        terminal.Feed("abc\e["u8);
        terminal.Feed("6"u8);
        terminal.Feed("nx"u8);
        Assert.Equal([(3, 7)], terminal.HiddenSpans);
        Assert.Equal(["\e[1;4R"], terminal.Answers);
    }

    [Fact]
    public void A_replay_hides_without_answering()
    {
        var terminal = TestTerminal.Of(20, 2);
        terminal.Emulator.SuppressAnswers = true;
        terminal.Feed("\e[c\a\e]0;x\a");
        Assert.Single(terminal.HiddenSpans);
        Assert.Empty(terminal.Answers);
        Assert.Empty(terminal.Events);
        Assert.Equal("x", terminal.Emulator.Title);
    }

    [Theory]
    [InlineData("\e[1\nX", 1, 0)]
    [InlineData("\e[2\b;3H", 1, 2)]
    public void Controls_act_in_the_middle_of_a_sequence(string text, int row, int column)
    {
        Assert.Equal((row, column), TestTerminal.Of(20, 4).Feed(text).Cursor);
    }

    [Fact]
    public void Sequences_that_are_not_known_are_swallowed_whole()
    {
        Assert.Equal("ab", TestTerminal.Of(20, 2).Feed("a\e[?1;2;3y\e[>99z\e]9999;x\a\ePxyz\e\\\e^pm\e\\\eXsos\e\\\e_apc\e\\\e[1:2:3Hb").Lines[0]);
    }

    [Fact]
    public void A_string_that_is_too_long_is_dropped_and_memory_given_back()
    {
        var terminal = TestTerminal.Of(20, 2);
        terminal.Feed("\e]2;"u8);
        var part = new byte[64 * 1024];
        Array.Fill(part, (byte)'x');
        for (int i = 0; i < 64; i++)
        {
            terminal.Feed(part);
        }

        terminal.Feed("\aok"u8);
        Assert.Equal("", terminal.Emulator.Title);
        Assert.Equal("ok", terminal.Lines[0]);
    }

    [Fact]
    public void Texts_from_programs_lose_their_controls()
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed("\e]2;a\u0085b\u202ec\x7f\a");
        Assert.Equal("abc", terminal.Emulator.Title);
    }
}
