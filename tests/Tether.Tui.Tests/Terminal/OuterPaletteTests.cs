using System.Text;
using Tether.Tui.Terminal;
using Xunit;

namespace Tether.Tui.Tests.Terminal;

public class OuterPaletteTests
{
    [Fact]
    public void Answers_in_any_width_and_with_either_end_are_scaled_to_eight_bits()
    {
        var palette = Parse("\e]10;rgb:ffff/8080/0000\e\\\e]11;rgb:f/0/8\a\e]12;rgba:12/34/56/ff\e\\\e[?62;22c");
        Assert.Equal<int[]>([0xff8000, 0xff0088, 0x123456], palette.Colors!);
        Assert.Empty(palette.TypedAhead);
    }

    [Fact]
    public void What_was_typed_between_the_answers_is_kept_in_order()
    {
        var palette = Parse("l\e]10;rgb:00/00/00\as\e]11;rgb:ff/ff/ff\a\r\e[A\e[?1;2cé");
        Assert.Equal<int[]>([0x000000, 0xffffff, 0x000000], palette.Colors!);
        Assert.Equal("ls\r\e[Aé", Encoding.UTF8.GetString(palette.TypedAhead));
    }

    [Theory]
    [InlineData("\e[?6c")]
    [InlineData("\e]10;rgb:00/00/00\a\e[?6c")]
    [InlineData("\e]10;rgb:zz/00/00\a\e]11;rgb:00/00\a\e[?6c")]
    public void A_terminal_that_does_not_tell_both_has_none(string received) => Assert.Null(Parse(received).Colors);

    private static OuterPalette Parse(string received) => OuterPalette.Parse(Encoding.UTF8.GetBytes(received));
}
