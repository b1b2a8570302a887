using Tether.Protocol.Terminal.Keys;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Keys;

public sealed class KeyNamesTests
{
    [Theory]
    [InlineData("shift-up")]
    [InlineData("ctrl-alt-page-down")]
    [InlineData("page-up")]
    [InlineData("esc")]
    [InlineData("f12")]
    [InlineData("ctrl-c")]
    [InlineData("alt-x")]
    [InlineData("space")]
    [InlineData("minus")]
    [InlineData("ö")]
    public void A_key_is_told_by_the_name_that_presses_it(string name)
    {
        Assert.True(KeyNames.TryParse(name, out var press));
        Assert.Equal(name, KeyNames.NameOf(press));
    }

    [Fact]
    public void What_is_on_rather_than_held_is_no_part_of_the_name() =>
        Assert.Equal("up", KeyNames.NameOf(KeyPress.Of(Key.Up, KeyModifiers.NumLock)));

    [Fact]
    public void A_key_that_cannot_be_named_has_no_name() => Assert.Null(KeyNames.NameOf(KeyPress.Of(Key.Up, KeyModifiers.Hyper)));
}
