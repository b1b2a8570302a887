using System.Text;
using Tether.Daemon.External;
using Xunit;

namespace Tether.Daemon.Tests.External;

public sealed class OutputTextTests
{
    [Theory]
    [InlineData("plain ünï 😀", "plain ünï 😀")]
    [InlineData("a\r\nb\rc\n\td", "a\nb\nc\n\td")]
    [InlineData("\e[1;38:2:1:2:3mbold\e[m", "\e[1;38:2:1:2:3mbold\e[m")]
    [InlineData("\u009b31mred", "\e[31mred")]
    [InlineData("a\e[2Jb\e[10;10Hc\e[?1049hd\e[>4;2me", "abcde")]
    [InlineData("a\e]0;title\ab\e]52;c;aGk=\e\\c", "abc")]
    [InlineData("a\eP+q544e\e\\b\e_Gx\e\\c\u009d0;t\u009cd", "abcd")]
    [InlineData("a\ecb\e(0c\e#8d\e7e", "abcde")]
    [InlineData("a\u0007\u0008\u0000\u007f\u0085b", "ab")]
    [InlineData("a\e", "a")]
    [InlineData("a\e[31", "a")]
    [InlineData("a\e]0;never ends", "a")]
    [InlineData("a\e[31\nb", "a\nb")]
    [InlineData("\e\e[31mx", "\e[31mx")]
    [InlineData("\e[?31m\e[31 my", "y")]
    public void Colours_lines_and_tabs_stay_and_nothing_else_that_a_terminal_acts_on(string text, string clean) => Assert.Equal(clean, OutputText.Clean(text));

    [Theory]
    [InlineData("one", false, "one\n")]
    [InlineData("one\n", false, "one\n")]
    [InlineData("one\n\n", false, "one\n\n")]
    [InlineData("\e[31mred", false, "\e[31mred\e[0m\n")]
    [InlineData("\e[31mred\r\n", false, "\e[31mred\e[0m\n")]
    [InlineData("", false, "\n")]
    [InlineData("tok", true, "tok")]
    [InlineData("en\n", true, "en\n")]
    public void A_text_stands_on_lines_of_its_own_unless_it_is_only_a_part(string text, bool isPartial, string shown) =>
        Assert.Equal(shown, Encoding.UTF8.GetString(OutputText.Show(text, isPartial)));

    [Fact]
    public void Whatever_is_pushed_leaves_no_control_behind_but_these()
    {
        const string Letters = "\e[]P_\\;:?31mABh\a\r\n\t\u009b\u009d\u009c\u0001";
        var random = new Random(6);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(24)).Select(_ => Letters[random.Next(Letters.Length)])]);
            var clean = OutputText.Clean(text);
            var rest = System.Text.RegularExpressions.Regex.Replace(clean, "\e\\[[0-9;:]*m", "");
            Assert.DoesNotContain(rest, character => char.IsControl(character) && character is not ('\n' or '\t'));
            Assert.Equal(clean, OutputText.Clean(clean));
        }
    }
}
