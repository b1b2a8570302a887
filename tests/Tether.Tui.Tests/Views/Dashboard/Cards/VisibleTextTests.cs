using Tether.Tui.Rendering;
using Tether.Tui.Views.Dashboard.Cards;
using Xunit;

namespace Tether.Tui.Tests.Views.Dashboard.Cards;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("ls -l", "ls -l")]
    [InlineData("漢字 👩‍👩‍👧‍👦 e\u0301", "漢字 👩‍👩‍👧‍👦 e\u0301")]
    [InlineData("a\e[2Jb", "a\\u{1b}[2Jb")]
    [InlineData("a\u202eb", "a\\u{202e}b")]
    [InlineData("r\u200bm", "r\\u{200b}m")]
    [InlineData("r\u200dm", "r\\u{200d}m")]
    [InlineData("a\u00a0b", "a\\u{a0}b")]
    [InlineData("\u0301a", "\\u{301}a")]
    [InlineData("a\nb", "a\\u{a}b")]
    [InlineData("a\r", "a")]
    [InlineData("\ta\tb", "    a   b")]
    [InlineData("漢\tb", "漢  b")]
    [InlineData("\u1170a", "\\u{1170}a")]
    [InlineData("\u3164\ufeff", "\\u{3164}\\u{feff}")]
    public void What_would_not_be_seen_is_shown(string text, string shown) => Assert.Equal(shown, VisibleText.Line(text));

    [Fact]
    public void A_text_is_its_lines_without_an_empty_one_behind_the_last() => Assert.Equal(["a", "", "b"], VisibleText.Lines("a\r\n\nb\n"));

    [Fact]
    public void No_text_has_a_control_left_or_another_width_than_its_cells()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => (char)(random.Next(3) == 0 ? random.Next(0x20) : random.Next(0x3000)))]);
            var shown = VisibleText.Line(text);
            Assert.DoesNotContain(shown, char.IsControl);
            var frame = Scene.Draw(400, 1, canvas => canvas.Write(0, 0, shown, default));
            Assert.True(TextWidth.Of(shown) <= 400);
            Assert.Equal(shown.TrimEnd(), frame.ToString().TrimEnd('\n'));
        }
    }

    [Fact]
    public void A_quarter_of_a_mebibyte_of_tabs_is_no_burden() => Assert.Equal(4 * 262_144, VisibleText.Line(new string('\t', 262_144)).Length);
}
