using System.Text;
using Tether.Tui.Attach.Composed;
using Xunit;

namespace Tether.Tui.Tests.Attach.Composed;

public sealed class PanKeysTests
{
    [Theory]
    [InlineData("\e[A\e[B\e[C\e[D", "Up Down Right Left")]
    [InlineData("\eOA\e[1;2B", "Up Down")]
    [InlineData("\e[5~\e[6~\e[H\e[F", "PageUp PageDown Home Follow")]
    [InlineData("\e[1~\e[4~\e[7~\e[8~", "Home Follow Home Follow")]
    [InlineData("\e[<64;10;5M\e[<65;10;5M", "WheelUp WheelDown")]
    [InlineData("\e[<0;1;1M\e[<0;1;1mabc\e[200~x\e[201~\e", "")]
    public void Keys_and_the_wheel_are_read(string typed, string expected) =>
        Assert.Equal(expected, string.Join(' ', PanKeys.Read(Encoding.UTF8.GetBytes(typed))));
}
