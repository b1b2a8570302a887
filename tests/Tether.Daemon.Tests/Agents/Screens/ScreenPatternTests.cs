using Tether.Daemon.Agents.Screens;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Screens;

public sealed class ScreenPatternTests
{
    // Each way to part the letters is tried before the end of the line is found wanting.
    private const string Slow = "^(a|aa)+$";

    private static readonly string Long = new string('a', 100) + "!";

    [Fact]
    public void A_text_that_takes_long_is_matched_in_linear_time_from_then_on()
    {
        var pattern = Compile(Slow);
        Assert.True(pattern.IsMatch("b\naaa\nb"));
        Assert.False(pattern.IsLinear);
        Assert.False(pattern.IsMatch(Long));
        Assert.True(pattern.IsLinear);
        Assert.True(pattern.IsMatch("b\naaa\nb"));
    }

    [Fact]
    public void What_is_found_last_is_the_same_by_both_engines()
    {
        var pattern = Compile("(?i)^(a|aa)+(!?)$");
        const string Text = "aaa\nAA!\nb";
        var before = pattern.Last(Text);
        Assert.Null(pattern.Last(new string('a', 100) + "b"));
        Assert.True(pattern.IsLinear);
        var after = pattern.Last(Text);
        Assert.Equal(("AA!", "!", 4), (before!.Value, before.Groups[2].Value, before.Index));
        Assert.Equal(("AA!", "!", 4), (after!.Value, after.Groups[2].Value, after.Index));
    }

    [Theory]
    [InlineData("")]
    [InlineData("(")]
    [InlineData("(?=ahead)")]
    [InlineData(@"(a)\1")]
    public void What_is_no_pattern_or_may_take_for_ever_is_refused(string text)
    {
        Assert.Null(ScreenPattern.Compile(text, isChecked: false, out var problem));
        Assert.NotEmpty(problem!);
    }

    private static ScreenPattern Compile(string text) => ScreenPattern.Compile(text, isChecked: false, out _)!;
}
