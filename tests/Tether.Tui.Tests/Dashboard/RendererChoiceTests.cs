using System.Text;
using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard;
using Tether.Tui.Rendering;
using Tether.Tui.Terminal.FullScreen;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

public sealed class RendererChoiceTests
{
    private static readonly Style Curly = new(TerminalColor.FromRgb(0xff8800), default, TerminalColor.FromRgb(0xff0000), (StyleFlags)(int)UnderlineKind.Curly);

    [Theory]
    [InlineData("xterm-256color", true)]
    [InlineData("tmux-256color", true)]
    [InlineData("screen-256color", false)]
    [InlineData("linux", false)]
    [InlineData("vt100", false)]
    [InlineData("xterm", false)]
    public void Sub_parameters_go_only_to_terminals_that_know_them(string term, bool knows) => Assert.Equal(knows, Drawn(term).Contains("4:3", StringComparison.Ordinal));

    [Theory]
    [InlineData("linux")]
    [InlineData("vt100")]
    [InlineData("screen-256color")]
    public void The_others_get_a_straight_underline_without_a_colon(string term)
    {
        var drawn = Drawn(term);
        Assert.DoesNotContain(':', drawn);
        Assert.Matches("[\\[;]4[;m]", drawn);
    }

    [Fact]
    public void No_color_means_none()
    {
        var known = new Capabilities { RefusesColor = true, Colors = ColorDepth.TrueColor };
        Assert.Equal(ColorDepth.None, RendererChoice.ColorsOf(known));
        Assert.DoesNotContain("38", Drawn(known), StringComparison.Ordinal);
    }

    [Fact]
    public void A_palette_is_known_only_with_both_colors()
    {
        Assert.Null(RendererChoice.PaletteOf(new Capabilities { Background = 0x101010 }));
        Assert.Equal(0x101010, RendererChoice.PaletteOf(new Capabilities { Background = 0x101010, Foreground = 0xeeeeee })!.Background);
    }

    private static string Drawn(string term) => Drawn(EnvironmentCapabilities.Read(name => name switch { "TERM" => term, "LANG" => "C.UTF-8", _ => null }));

    private static string Drawn(Capabilities known)
    {
        var renderer = new FrameRenderer();
        RendererChoice.Apply(renderer, known);
        var frame = new Frame(4, 1);
        frame.Write(0, 0, "x", Curly);
        return Encoding.UTF8.GetString(renderer.Render(frame).Span);
    }
}
