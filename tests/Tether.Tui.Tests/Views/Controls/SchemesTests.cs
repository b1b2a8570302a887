using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;
using Xunit;

namespace Tether.Tui.Tests.Views.Controls;

public sealed class SchemesTests
{
    private static readonly TerminalColors Colors = new() { Foreground = 0xe5e5e5, Background = 0x000000 };

    [Theory]
    [InlineData("dark", 4.5)]
    [InlineData("light", 4.5)]
    [InlineData("high-contrast", 7)]
    [InlineData("sixteen", 4.5)]
    public void Everything_can_be_read(string name, double contrast)
    {
        foreach (var (purpose, style) in Purposes(Schemes.Find(name)!))
        {
            var (text, ground) = (Rgb(style.Foreground, Colors.Foreground), Rgb(style.Background, Colors.Background));
            Assert.True(ColorMath.Contrast(text, ground) >= contrast, $"{purpose}: {text:x6} on {ground:x6} is {ColorMath.Contrast(text, ground):f2}");
        }
    }

    [Fact]
    public void Contrast_is_as_the_standard_says()
    {
        Assert.Equal(21, ColorMath.Contrast(0x000000, 0xffffff), 3);
        Assert.Equal(4.54, ColorMath.Contrast(0x767676, 0xffffff), 2);
        Assert.Equal(1, ColorMath.Contrast(0x123456, 0x123456), 3);
    }

    [Fact]
    public void Sixteen_colours_name_no_others_and_mono_names_none()
    {
        Assert.All(Purposes(Schemes.Sixteen).Concat(Purposes(Schemes.Terminal)), purpose =>
            Assert.All((TerminalColor[])[purpose.Style.Foreground, purpose.Style.Background], color => Assert.True(color.IsDefault || (color.IsPalette && color.Index < 16))));
        Assert.All(Purposes(Schemes.Mono), purpose => Assert.True(purpose.Style.Foreground.IsDefault && purpose.Style.Background.IsDefault));
    }

    [Fact]
    public void They_are_found_by_name_and_by_what_the_terminal_can_do()
    {
        Assert.Equal(["dark", "light", "high-contrast", "sixteen", "terminal", "mono"], Schemes.Names);
        Assert.Same(Schemes.HighContrast, Schemes.Find("High-Contrast"));
        Assert.Null(Schemes.Find("plaid"));
        Assert.Same(Schemes.Mono, Schemes.For(ColorDepth.None, true));
        Assert.Same(Schemes.Terminal, Schemes.For(ColorDepth.Sixteen, true));
        Assert.Same(Schemes.Terminal, Schemes.For(ColorDepth.TrueColor, null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_one_that_follows_the_terminal_leaves_it_its_own_ground(bool isDark)
    {
        var (scheme, theme) = (Schemes.For(ColorDepth.TrueColor, isDark), isDark ? Schemes.Dark : Schemes.Light);

        Assert.Equal(default, scheme.Text);
        Assert.All([scheme.Muted, scheme.Strong, scheme.Focus, scheme.Live, scheme.NeedsYou, scheme.Failed], style => Assert.True(style.Background.IsDefault));
        Assert.Equal((theme.Focus.Foreground, theme.Bar), (scheme.Focus.Foreground, scheme.Bar));
    }

    private static int Rgb(TerminalColor color, int byDefault) => color.IsRgb ? color.Rgb : color.IsPalette ? Colors[color.Index] : byDefault;

    private static IEnumerable<(string Name, Style Style)> Purposes(Scheme scheme) => typeof(Scheme).GetProperties()
        .Where(property => property.PropertyType == typeof(Style))
        .Select(property => (property.Name, (Style)property.GetValue(scheme)!));
}
