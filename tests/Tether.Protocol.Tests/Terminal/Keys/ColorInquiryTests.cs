using System.Text;
using Tether.Protocol.Terminal.Keys;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Keys;

public class ColorInquiryTests
{
    [Fact]
    public void Answers_in_any_width_and_with_either_end_are_scaled_to_eight_bits()
    {
        var inquiry = Asked();
        Assert.Equal("", Take(inquiry, "\e]10;rgb:ffff/8080/0000\e\\\e]11;rgb:f/0/8\a\e]12;rgba:12/34/56/ff\e\\\e[?62;22c"));
        Assert.Equal<int[]>([0xff8000, 0xff0088, 0x123456], inquiry.Colors!);
        Assert.False(inquiry.IsOpen);
    }

    [Fact]
    public void The_sixteen_named_colours_stand_behind_the_three()
    {
        var inquiry = Asked();
        var named = string.Concat(Enumerable.Range(0, 16).Select(index => $"\e]4;{index};rgb:00/00/{index:x2}\e\\"));
        Assert.Equal("", Take(inquiry, "\e]10;rgb:01/01/01\a\e]11;rgb:02/02/02\a" + named + "\e[?1;2c"));
        Assert.Equal([0x010101, 0x020202, 0x010101, .. Enumerable.Range(0, 16)], inquiry.Colors!);
    }

    [Theory]
    [InlineData("\e[?6c")]
    [InlineData("\e]10;rgb:00/00/00\a\e[?6c")]
    [InlineData("\e]10;rgb:zz/00/00\a\e]11;rgb:00/00\a\e[?6c")]
    public void A_terminal_that_does_not_tell_both_has_none(string received)
    {
        var inquiry = Asked();
        Take(inquiry, received);
        Assert.Null(inquiry.Colors);
        Assert.False(inquiry.IsOpen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public void What_was_typed_between_the_answers_is_kept_in_order_however_the_bytes_are_cut(int piece)
    {
        var inquiry = Asked();
        var typed = Take(inquiry, "l\e]10;rgb:00/00/00\as\e]11;rgb:ff/ff/ff\e\\\r\e[A\e]4;15;rgb:1/2/3\a\e]52;c;eA==\a\e[?1;2cé\e[?1;2c\e]10;", piece);
        Assert.Equal("ls\r\e[A\e]52;c;eA==\aé\e[?1;2c\e]10;", typed);
        Assert.Equal<int[]>([0x000000, 0xffffff, 0x000000], inquiry.Colors!);
    }

    [Fact]
    public void An_escape_key_is_held_only_for_a_moment_and_an_answer_that_follows_it_late_is_still_taken_out()
    {
        var inquiry = Asked();
        Assert.Equal("", Take(inquiry, "\e"));
        Assert.True(inquiry.IsHolding);
        Assert.Equal("\e", Encoding.UTF8.GetString(inquiry.LetGo()));
        Assert.False(inquiry.IsHolding);
        Assert.Equal("x", Take(inquiry, "]11;rgb:10/20/30\ax"));

        Assert.Equal("", Take(inquiry, "\e"));
        inquiry.LetGo();
        Assert.Equal("[A", Take(inquiry, "[A"));
    }

    [Fact]
    public void Once_the_last_answer_is_there_every_byte_is_typed_at_once()
    {
        var inquiry = Asked();
        Take(inquiry, "\e[?6c");
        Assert.Equal("\e", Take(inquiry, "\e"));
        Assert.Equal("\e]11;rgb:10/20/30\a\e[?6c", Take(inquiry, "\e]11;rgb:10/20/30\a\e[?6c"));
    }

    [Fact]
    public void Questions_asked_twice_are_answered_twice()
    {
        var inquiry = Asked();
        inquiry.Begin();
        Assert.Equal("", Take(inquiry, "\e[?6c\e]11;rgb:10/20/30\a"));
        Assert.True(inquiry.IsOpen);
        Assert.Equal("x", Take(inquiry, "\e[?6cx"));
        Assert.False(inquiry.IsOpen);
    }

    [Fact]
    public void A_report_of_another_colour_scheme_is_a_reason_to_ask_again()
    {
        var inquiry = new ColorInquiry(mustAsk: false);
        Assert.Equal("ab", Take(inquiry, "a\e[?997;2nb"));
        Assert.True(inquiry.MustAsk);
        inquiry.Begin();
        Assert.False(inquiry.MustAsk);
    }

    [Fact]
    public void There_are_questions_for_three_colours_sixteen_named_ones_and_the_end()
    {
        var questions = Encoding.ASCII.GetString(ColorInquiry.Questions);
        var named = string.Concat(Enumerable.Range(0, ColorInquiry.NamedCount).Select(index => $"\e]4;{index};?\e\\"));
        Assert.Equal($"\e]10;?\e\\\e]11;?\e\\\e]12;?\e\\{named}\e[c", questions);
    }

    private static ColorInquiry Asked()
    {
        var inquiry = new ColorInquiry(mustAsk: true);
        inquiry.Begin();
        return inquiry;
    }

    private static string Take(ColorInquiry inquiry, string received, int piece = int.MaxValue)
    {
        var typed = new List<byte>();
        foreach (var bytes in Encoding.UTF8.GetBytes(received).Chunk(Math.Min(piece, 4096)))
        {
            typed.AddRange(inquiry.Take(bytes));
        }

        return Encoding.UTF8.GetString([.. typed]);
    }
}
