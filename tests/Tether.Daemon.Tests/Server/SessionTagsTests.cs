using Tether.Daemon.Server;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class SessionTagsTests
{
    [Fact]
    public void Each_counts_once_in_the_order_given() => Assert.Equal(["b", "a", "ünï-1/2"], SessionTags.Check(["b", "a", "b", "ünï-1/2"]));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a,b")]
    [InlineData("a\tb")]
    [InlineData("\e[31m")]
    [InlineData("\u00a0")]
    [InlineData("123456789012345678901234567890123")]
    [InlineData(null)]
    public void What_does_not_fit_into_a_list_is_no_tag(string? tag) => Assert.Throws<RequestError>(() => SessionTags.Check(["good", tag!]));

    [Fact]
    public void More_than_a_person_can_mean_are_refused()
    {
        Assert.Equal(16, SessionTags.Check([.. Enumerable.Range(0, 16).Select(i => $"{i}")]).Length);
        Assert.Throws<RequestError>(() => SessionTags.Check([.. Enumerable.Range(0, 17).Select(i => $"{i}")]));
    }
}
