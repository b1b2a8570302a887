using Tether.Daemon.Native;
using Xunit;

namespace Tether.Daemon.Tests.Native;

public sealed class KernelRandomTests
{
    [Fact]
    public void Bytes_differ_each_time()
    {
        Assert.Empty(KernelRandom.GetBytes(0));
        Assert.Equal(1_000, KernelRandom.GetBytes(1_000).Length);
        Assert.NotEqual(KernelRandom.GetBytes(16), KernelRandom.GetBytes(16));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("abc")]
    [InlineData("abcdefghijkmnpqrstuvwxyz23456789")]
    public void A_string_has_every_letter_about_as_often(string alphabet)
    {
        const int Each = 10_000;
        var text = KernelRandom.GetString(alphabet, Each * alphabet.Length);
        var counts = text.GroupBy(letter => letter).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(alphabet.Order(), counts.Keys.Order());

        // Ten standard deviations of a fair draw.
        Assert.All(counts.Values, count => Assert.InRange(count, Each - (10 * 100), Each + (10 * 100)));
    }
}
