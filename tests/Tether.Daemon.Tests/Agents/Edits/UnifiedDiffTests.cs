using Tether.Daemon.Agents.Edits;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Edits;

public sealed class UnifiedDiffTests
{
    [Theory]
    [InlineData("a\nb\n", "a\nb\n", "")]
    [InlineData("", "a\n", "@@ -0,0 +1,1 @@\n+a\n")]
    [InlineData("a\n", "", "@@ -1,1 +0,0 @@\n-a\n")]
    [InlineData("a\nb\nc\n", "a\nB\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\n5\n6\n7\n8\n", "@@ -5,3 +5,4 @@\n 5\n 6\n 7\n+8\n")]
    public void Shows_what_is_gone_and_what_is_new(string before, string after, string diff) => Assert.Equal(diff, UnifiedDiff.Of(before, after));

    [Fact]
    public void Changes_that_are_far_apart_are_two_hunks()
    {
        var lines = Enumerable.Range(1, 30).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var changed = lines.Select(line => line is "2" or "25" ? "x" + line : line);
        var diff = UnifiedDiff.Of(string.Join('\n', lines), string.Join('\n', changed));
        Assert.Equal(["@@ -1,5 +1,5 @@", "@@ -22,7 +22,7 @@"], diff.Split('\n').Where(line => line.StartsWith("@@", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_a_place_there_is_no_head() => Assert.Equal("-a\n+b\n", UnifiedDiff.Of("a", "b", hasPlace: false));

    [Fact]
    public void A_huge_change_is_cut_and_says_so()
    {
        var diff = UnifiedDiff.Of("", string.Concat(Enumerable.Repeat(new string('x', 999) + "\n", 1000)));
        Assert.InRange(diff.Length, UnifiedDiff.MaxLength - 2000, UnifiedDiff.MaxLength + 100);
        Assert.EndsWith("the rest is not shown\n", diff, StringComparison.Ordinal);
    }
}
