using Tether.Protocol.Model;
using Tether.Tui.Output;
using Xunit;

namespace Tether.Tui.Tests.Output;

public sealed class TranscriptTextTests
{
    [Theory]
    [InlineData(TranscriptRole.User, "say it\nnow", "› say it\n  now\n\n")]
    [InlineData(TranscriptRole.Assistant, "it says\nhello", "it says\nhello\n\n")]
    [InlineData(TranscriptRole.Thinking, "I look", "~ I look\n\n")]
    [InlineData(TranscriptRole.Result, "a\nb", "  │ a\n  │ b\n\n")]
    [InlineData(TranscriptRole.System, "aborted", "· aborted\n\n")]
    public void Each_role_has_its_mark(TranscriptRole role, string text, string shown) => Assert.Equal(shown, new TranscriptText(false).Of(Entry(role, text)));

    [Fact]
    public void A_tool_is_named_before_what_it_is_given() =>
        Assert.Equal("● Bash  make\n    make test\n", new TranscriptText(false).Of(Entry(TranscriptRole.Tool, "make\nmake test") with { Tool = "Bash" }));

    [Fact]
    public void A_sub_agent_is_named() =>
        Assert.Equal("[count] two\n\n", new TranscriptText(false).Of(Entry(TranscriptRole.Assistant, "two") with { SubAgent = "count" }));

    [Fact]
    public void Long_results_are_cut_unless_they_are_wanted_whole()
    {
        var entry = Entry(TranscriptRole.Result, string.Join('\n', Enumerable.Range(1, 20)));
        Assert.Contains("  │ … 14 more lines\n", new TranscriptText(false).Of(entry), StringComparison.Ordinal);
        Assert.Contains("  │ 20\n", new TranscriptText(false, IsWhole: true).Of(entry), StringComparison.Ordinal);
    }

    [Fact]
    public void Thoughts_can_be_left_out() => Assert.Empty(new TranscriptText(false, HasThinking: false).Of(Entry(TranscriptRole.Thinking, "I look")));

    [Fact]
    public void Colours_are_a_lines_own()
    {
        var shown = new TranscriptText(true).Of(Entry(TranscriptRole.User, "a\nb"));
        Assert.Equal("\e[1;36m› a\e[m\n\e[1;36m  b\e[m\n\n", shown);
    }

    private static TranscriptEntry Entry(TranscriptRole role, string text) => new() { Number = 0, Role = role, Text = text };
}
