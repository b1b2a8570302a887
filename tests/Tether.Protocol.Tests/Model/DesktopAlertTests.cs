using System.Text;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Protocol.Tests.Model;

public sealed class DesktopAlertTests
{
    [Theory]
    [InlineData("osc9", "\e]9;claude asks — work\e\\")]
    [InlineData("osc777", "\e]777;notify;claude asks;work\e\\")]
    [InlineData("osc99", "\e]99;i=ab2:d=0:o=unfocused;claude asks\e\\\e]99;i=ab2:d=1:p=body;work\e\\")]
    [InlineData("osc9-tmux", "\ePtmux;\e\e]9;claude asks — work\e\e\\\e\\")]
    [InlineData("osc99-tmux", "\ePtmux;\e\e]99;i=ab2:d=0:o=unfocused;claude asks\e\e\\\e\\\ePtmux;\e\e]99;i=ab2:d=1:p=body;work\e\e\\\e\\")]
    public void Each_way_has_its_sequence(string way, string expected)
    {
        Assert.True(DesktopAlert.IsSequence(way));
        Assert.Equal(expected, Text(way, "claude asks", "work"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-tmux")]
    [InlineData("notice")]
    [InlineData("osc9-screen")]
    public void Other_words_are_no_way(string? way) => Assert.False(DesktopAlert.IsSequence(way));

    [Fact]
    public void A_title_alone_needs_no_dash() => Assert.Equal("\e]9;claude asks\e\\", Text("osc9", "claude asks", ""));

    [Theory]
    [InlineData("osc9", 1, 1)]
    [InlineData("osc777", 1, 3)]
    [InlineData("osc99", 2, 4)]
    [InlineData("osc9-tmux", 4, 2)]
    public void Nothing_in_the_texts_ends_the_sequence_or_divides_it(string way, int escapes, int separators)
    {
        const string Hostile = "a\e\\b\u009cc\ad;e\n\u202ef\u0018\u2028";
        var plain = Text(way, "title", "text");
        var hostile = Text(way, Hostile, Hostile);
        Assert.Equal(plain.Count(c => c == '\e'), hostile.Count(c => c == '\e'));
        Assert.True(plain.Count(c => c == '\e') >= escapes);
        Assert.DoesNotContain(hostile, c => (char.IsControl(c) && c != '\e') || c is '\u202e' or '\u2028');
        if (!way.Contains("99", StringComparison.Ordinal))
        {
            Assert.Equal(separators, hostile.Count(c => c == ';'));
        }
    }

    [Fact]
    public void An_id_is_letters_and_digits() => Assert.StartsWith("\e]99;i=a1:d=0", Text("osc99", "t", "", id: "a;:\e1"), StringComparison.Ordinal);

    [Fact]
    public void Long_texts_are_cut_between_characters()
    {
        var text = Text("osc9", string.Concat(Enumerable.Repeat("😀", 5000)), new string('x', 5000));
        Assert.InRange(text.Length, 300, 700);
        Assert.DoesNotContain('\ufffd', text);
        Assert.Contains("😀…", text, StringComparison.Ordinal);
    }

    private static string Text(string way, string title, string text, string id = "ab2") => Encoding.UTF8.GetString(DesktopAlert.Encode(way, id, title, text));
}
