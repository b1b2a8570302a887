using Tether.Tui.Terminal;
using Xunit;

namespace Tether.Tui.Tests.Terminal;

public sealed class AlertWayTests
{
    [Theory]
    [InlineData("osc99", "TERM=xterm-kitty")]
    [InlineData("osc99", "TERM=xterm-256color KITTY_WINDOW_ID=3")]
    [InlineData("osc777", "TERM=xterm-ghostty")]
    [InlineData("osc777", "TERM=xterm-256color TERM_PROGRAM=ghostty")]
    [InlineData("osc777", "TERM=foot")]
    [InlineData("osc777", "TERM=foot-extra")]
    [InlineData("osc777", "TERM=xterm-256color TERM_PROGRAM=WezTerm")]
    [InlineData("osc777", "TERM=xterm-256color KONSOLE_VERSION=230400")]
    [InlineData("osc9", "TERM=xterm-256color TERM_PROGRAM=iTerm.app")]
    [InlineData("osc9", "TERM=xterm-256color LC_TERMINAL=iTerm2")]
    public void Terminals_that_are_known_are_told_in_their_way(string way, string environment) => Assert.Equal(way, Of(environment));

    [Theory]
    [InlineData("")]
    [InlineData("TERM=xterm-256color")]
    [InlineData("TERM=alacritty")]
    [InlineData("TERM=football")]
    [InlineData("TERM=xterm-256color TERM_PROGRAM=vscode")]
    [InlineData("TERM=xterm-256color KONSOLE_VERSION=180400")]
    [InlineData("TERM=xterm-256color VTE_VERSION=7600")]
    [InlineData("TERM=xterm-256color VTE_VERSION=7600 KITTY_WINDOW_ID=1")]
    [InlineData("TERM=screen STY=1.pts KITTY_WINDOW_ID=1")]
    [InlineData("TERM=tmux-256color TERM_PROGRAM=tmux TMUX=/tmp/x,1,0")]
    public void Others_are_not_told(string environment) => Assert.Null(Of(environment));

    [Theory]
    [InlineData("osc99-tmux", "TERM=tmux-256color TERM_PROGRAM=tmux TMUX=/tmp/x,1,0 KITTY_WINDOW_ID=1")]
    [InlineData("osc9-tmux", "TERM=screen-256color TMUX=/tmp/x,1,0 LC_TERMINAL=iTerm2")]
    public void Behind_a_tmux_it_is_the_terminal_that_the_tmux_was_started_in(string way, string environment) => Assert.Equal(way, Of(environment));

    private static string? Of(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return AlertWay.Of(variables.GetValueOrDefault);
    }
}
