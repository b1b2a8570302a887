using System.Text.Json;
using Tether.Daemon.Agents.Stores;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Stores;

public sealed class ToolTextTests
{
    [Theory]
    [InlineData("""{"command":"ls -l","description":"List","timeout":5}""", "ls -l")]
    [InlineData("""{"command":["bash","-lc","ls"],"workdir":"/a"}""", "bash -lc ls\nworkdir: /a")]
    [InlineData("""{"file_path":"/a/b","old_string":"x\ny","new_string":"z"}""", "/a/b\n- x\n- y\n+ z")]
    [InlineData("""{"file_path":"/a/b","content":"one\ntwo\n"}""", "/a/b\n+ one\n+ two")]
    [InlineData("""{"path":"a","edits":[{"oldText":"x","newText":"y"}]}""", "a\n- x\n+ y")]
    [InlineData("""{"filePath":"a","offset":3}""", "a\noffset: 3")]
    [InlineData("""{"input":"*** Begin Patch"}""", "*** Begin Patch")]
    [InlineData("""{"query":"tether","limit":3}""", "query: tether\nlimit: 3")]
    [InlineData("""{}""", "")]
    [InlineData("null", "")]
    [InlineData("\"text\"", "text")]
    [InlineData("[1]", "[1]")]
    public void What_a_tool_is_given_reads_as_a_person_would_write_it(string input, string text)
    {
        using var document = JsonDocument.Parse(input);
        Assert.Equal(text, ToolText.Of(document.RootElement));
        Assert.Equal(text, ToolText.OfJson(input));
    }

    [Fact]
    public void What_is_no_JSON_is_shown_as_it_is() => Assert.Equal("{half", ToolText.OfJson("{half"));

    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("a\r\nb\rc", "a\nbc")]
    [InlineData("\e[1;31mred\e[0m \e]8;;http://x\e\\link\e]8;;\a \e(B\u0007\u009b", "red link ")]
    public void Texts_lose_sequences_and_controls_and_keep_their_lines(string text, string clean) => Assert.Equal(clean, StoreText.Clean(text));

    [Fact]
    public void A_long_text_says_what_is_missing()
    {
        var clean = StoreText.Clean(new string('x', 100_000));
        Assert.EndsWith($"({100_000 - 32768} more characters)", clean, StringComparison.Ordinal);
    }
}
