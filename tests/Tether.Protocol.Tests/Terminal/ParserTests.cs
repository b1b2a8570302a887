using System.Text;
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

    /// <summary>Sequences in one piece take a loop of their own; single bytes never do.</summary>
    [Fact]
    public void Any_form_of_a_sequence_reads_the_same_in_one_piece_and_byte_by_byte()
    {
        var random = new Random(11);
        string[] parts = ["", "0", "1", "7", "65535", "65536", "99999999999", ";", ";", ";", ":", "?", ">", " ", "\"", "$", "\0", "\n", "\x7f", "\x18", "é", "\e"];
        const string Finals = "ABCDGHJKPXdmrsuhl@`~{}";
        var whole = TestTerminal.Of(30, 6);
        var single = TestTerminal.Of(30, 6);
        for (int round = 0; round < 20_000; round++)
        {
            int count = round % 100 == 0 ? random.Next(30, 80) : random.Next(6);
            string parameters = string.Concat(Enumerable.Range(0, count).Select(_ => parts[random.Next(round % 3 == 0 ? parts.Length : 10)]));
            byte[] bytes = Encoding.UTF8.GetBytes($"x\e[{parameters}{Finals[random.Next(Finals.Length)]}y");
            whole.Feed(bytes);
            foreach (byte b in bytes)
            {
                single.Feed([b]);
            }

            if (round % 10 == 0)
            {
                Assert.Equal(StateText.Of(single.Emulator), StateText.Of(whole.Emulator));
                whole.Feed("\ec"u8);
                single.Feed("\ec"u8);
            }
        }

        Assert.Equal(single.HiddenSpans, whole.HiddenSpans);
        Assert.Equal(single.Answers, whole.Answers);
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

    [Fact]
    public void In_8_bit_text_one_byte_ends_a_title()
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed("\e%@"u8).Feed([0x9D, .. "2;ab"u8, 0x9C, (byte)'c']);
        Assert.Equal("ab", terminal.Emulator.Title);
        Assert.Equal("c", terminal.Lines[0]);
        terminal.Feed("\e%G\e]2;\u031C"u8).Feed("x\a"u8);
        Assert.Equal("\u031Cx", terminal.Emulator.Title);
    }
}
