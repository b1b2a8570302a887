using Tether.Tui.Terminal.FullScreen;
using Xunit;

using Tether.Tui.Rendering;

namespace Tether.Tui.Tests.Terminal.FullScreen;

public sealed class EnvironmentCapabilitiesTests
{
    [Theory]
    [InlineData("TERM=xterm", ColorDepth.Sixteen)]
    [InlineData("TERM=xterm-256color", ColorDepth.Palette256)]
    [InlineData("TERM=xterm-256color COLORTERM=truecolor", ColorDepth.TrueColor)]
    [InlineData("TERM=xterm-256color COLORTERM=24bit", ColorDepth.TrueColor)]
    [InlineData("TERM=xterm-256color COLORTERM=yes", ColorDepth.Palette256)]
    [InlineData("TERM=xterm-256color TERM_PROGRAM=iTerm.app", ColorDepth.TrueColor)]
    [InlineData("TERM=xterm TERM_PROGRAM=Apple_Terminal", ColorDepth.Palette256)]
    [InlineData("TERM=xterm-kitty", ColorDepth.TrueColor)]
    [InlineData("TERM=foot-extra", ColorDepth.TrueColor)]
    [InlineData("TERM=football", ColorDepth.Sixteen)]
    [InlineData("TERM=xterm-direct", ColorDepth.TrueColor)]
    [InlineData("TERM=linux COLORTERM=truecolor", ColorDepth.Sixteen)]
    [InlineData("TERM=screen.xterm-256color", ColorDepth.Palette256)]
    [InlineData("TERM=vt100", ColorDepth.None)]
    [InlineData("TERM=xterm-kitty COLORTERM=truecolor NO_COLOR=1", ColorDepth.None)]
    public void Colours_are_as_many_as_the_environment_promises(string environment, object expected) =>
        Assert.Equal((ColorDepth)expected, Read(environment).Colors);

    [Theory]
    [InlineData("LANG=en_US.UTF-8", true)]
    [InlineData("LANG=C.utf8", true)]
    [InlineData("LC_ALL=C LANG=en_US.UTF-8", false)]
    [InlineData("LC_CTYPE=de_DE.UTF-8 LANG=C", true)]
    [InlineData("LANG=de_DE.ISO-8859-1", false)]
    [InlineData("", false)]
    public void Characters_outside_ASCII_need_a_UTF8_locale(string environment, bool expected) => Assert.Equal(expected, Read(environment).HasUnicode);

    [Theory]
    [InlineData("TERM=dumb", true)]
    [InlineData("", true)]
    [InlineData("TERM=xterm", false)]
    public void A_terminal_without_a_name_is_dumb(string environment, bool expected) => Assert.Equal(expected, Read(environment).IsDumb);

    [Theory]
    [InlineData("TERM=screen-256color TMUX=/tmp/tmux-1/default,1,0 STY=1.pts", true, false)]
    [InlineData("TERM=tmux-256color", true, false)]
    [InlineData("TERM=xterm STY=1.pts", false, true)]
    [InlineData("TERM=screen", false, true)]
    [InlineData("TERM=xterm", false, false)]
    public void Tmux_and_screen_are_told_apart(string environment, bool isTmux, bool isScreen) =>
        Assert.Equal((isTmux, isScreen), (Read(environment).IsTmux, Read(environment).IsScreen));

    [Theory]
    [InlineData("COLORFGBG=15;0", true)]
    [InlineData("COLORFGBG=0;default;15", false)]
    [InlineData("COLORFGBG=12;8", true)]
    [InlineData("COLORFGBG=0;default", null)]
    [InlineData("", null)]
    public void The_background_is_as_rxvt_says_it(string environment, bool? expected) => Assert.Equal(expected, Read(environment).IsDark);

    private static Capabilities Read(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1]);
        return EnvironmentCapabilities.Read(variables.GetValueOrDefault);
    }
}
