using Tether.Tui.Dashboard.Model;
using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class StatusTextTests
{
    private static readonly SessionStatus[] All = Enum.GetValues<SessionStatus>();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_status_has_a_sign_of_its_own_in_one_column(bool isAscii)
    {
        var signs = All.Select(status => StatusText.Sign(status, isAscii)).ToList();

        Assert.Equal(All.Length, signs.Distinct().Count());
        Assert.All(signs, sign => Assert.Equal(1, TextWidth.Of(sign)));
    }

    [Fact]
    public void The_fallback_is_plain_ascii() => Assert.All(All, status => Assert.True(char.IsAscii(StatusText.Sign(status, isAscii: true)[0])));

    [Fact]
    public void Every_status_has_a_word_of_its_own() => Assert.Equal(All.Length, All.Select(StatusText.Word).Distinct().Count());
}
