using System.Text;
using Tether.Tui.Attach;
using Xunit;

namespace Tether.Tui.Tests.Attach;

public sealed class MenuKeysTests
{
    [Theory]
    [InlineData("d", 'd')]
    [InlineData("\e[100u", 'd')]
    [InlineData("\e[100;1:1u", 'd')]
    [InlineData("\x1d", MenuKeys.ChordKey)]
    [InlineData("\e[93;5u", MenuKeys.ChordKey)]
    [InlineData("\e[27;5;93~", MenuKeys.ChordKey)]
    [InlineData("\e", MenuKeys.OtherKey)]
    [InlineData("\r", MenuKeys.OtherKey)]
    [InlineData("\e[A", MenuKeys.OtherKey)]
    [InlineData("\e[<35;10;5Md", 'd')]
    [InlineData("\e[I\e[93;5:3u\e[57442;5:1ut", 't')]
    [InlineData("\e[M !!n", 'n')]
    public void The_first_key_is_found(string typed, char key) => Assert.Equal(key, MenuKeys.First(Encoding.UTF8.GetBytes(typed), 0x1d, out _));

    [Theory]
    [InlineData("")]
    [InlineData("\e[<35;10;5M")]
    [InlineData("\e[O")]
    [InlineData("\e[93;5:3u")]
    [InlineData("\e[?62;22c")]
    public void Reports_and_releases_are_nobodys_choice(string typed) => Assert.Null(MenuKeys.First(Encoding.UTF8.GetBytes(typed), 0x1d, out _));

    [Fact]
    public void What_stands_behind_the_key_is_not_used()
    {
        MenuKeys.First("\e[I\x1d!"u8, 0x1d, out var used);
        Assert.Equal(4, used);
    }
}
