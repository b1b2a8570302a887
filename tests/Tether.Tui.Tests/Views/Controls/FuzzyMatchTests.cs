using Tether.Tui.Views.Controls;
using Xunit;

namespace Tether.Tui.Tests.Views.Controls;

public sealed class FuzzyMatchTests
{
    [Theory]
    [InlineData("ns", "next session", "unsorted things")]
    [InlineData("stop", "stop session", "sort options by path")]
    [InlineData("re", "rename", "create")]
    [InlineData("tp", "togglePane", "stamps")]
    [InlineData("se ne", "next session", "send enter now etc")]
    public void Words_and_letters_together_come_first(string typed, string better, string worse)
    {
        Assert.True(FuzzyMatch.Score(typed, better) > (FuzzyMatch.Score(typed, worse) ?? int.MinValue));
    }

    [Theory]
    [InlineData("xyz", "next session")]
    [InlineData("txen", "next")]
    [InlineData("next one", "next session")]
    public void Letters_must_all_be_there_in_order(string typed, string text)
    {
        var positions = new List<int>();
        Assert.Null(FuzzyMatch.Score(typed, text, positions));
        Assert.Empty(positions);
    }

    [Theory]
    [InlineData("ns", "Next Session", "0 5")]
    [InlineData("sess", "his session", "4 5 6 7")]
    [InlineData("b a", "alpha beta", "0 6")]
    [InlineData("", "anything", "")]
    public void It_tells_which_letters_matched(string typed, string text, string expected)
    {
        var positions = new List<int>();
        Assert.NotNull(FuzzyMatch.Score(typed, text, positions));
        Assert.Equal(expected, string.Join(' ', positions));
    }
}
