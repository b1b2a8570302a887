using Tether.Daemon.Agents;
using Xunit;

namespace Tether.Daemon.Tests.Agents;

public sealed class SessionEnvironmentTests
{
    [Fact]
    public void A_local_callers_environment_arrives_as_it_is()
    {
        var environment = Callers("HOME=/home/me", "SECRET=a=b", "EMPTY=", "PATH=/bin");
        Assert.Equal("/home/me", SessionEnvironment.Get(environment, "HOME"));
        Assert.Equal("a=b", SessionEnvironment.Get(environment, "SECRET"));
        Assert.Equal("", SessionEnvironment.Get(environment, "EMPTY"));
        Assert.Null(SessionEnvironment.Get(environment, "HOM"));
    }

    [Fact]
    public void The_session_is_told_which_terminal_it_has()
    {
        var environment = Callers("TERM=dumb", "TETHER_SESSION=outer", "TERM_PROGRAM=iTerm.app");
        Assert.Equal("xterm-256color", SessionEnvironment.Get(environment, "TERM"));
        Assert.Equal("truecolor", SessionEnvironment.Get(environment, "COLORTERM"));
        Assert.Equal("abcdefgh", SessionEnvironment.Get(environment, "TETHER_SESSION"));
        Assert.Equal("tether", SessionEnvironment.Get(environment, "TERM_PROGRAM"));
        Assert.Equal(environment.Length, environment.DistinctBy(entry => entry[..entry.IndexOf('=', StringComparison.Ordinal)]).Count());
    }

    [Theory]
    [InlineData("TMUX")]
    [InlineData("TMUX_PANE")]
    [InlineData("STY")]
    [InlineData("COLUMNS")]
    [InlineData("LINES")]
    [InlineData("VTE_VERSION")]
    [InlineData("KITTY_WINDOW_ID")]
    [InlineData("WT_SESSION")]
    [InlineData("WEZTERM_PANE")]
    public void What_describes_the_outer_terminal_is_left_out(string name) =>
        Assert.Null(SessionEnvironment.Get(Callers($"{name}=1"), name));

    [Fact]
    public void A_remote_sessions_environment_is_an_allow_list_of_the_daemons()
    {
        string[] daemons = ["PATH=/bin", "HOME=/root", "LC_ALL=C", "XDG_RUNTIME_DIR=/run", "AWS_SECRET_ACCESS_KEY=x", "OPENAI_API_KEY=y"];
        var environment = SessionEnvironment.Build(daemons, "abcdefgh", isCallers: false);
        Assert.Equal("/bin", SessionEnvironment.Get(environment, "PATH"));
        Assert.Equal("C", SessionEnvironment.Get(environment, "LC_ALL"));
        Assert.Equal("/run", SessionEnvironment.Get(environment, "XDG_RUNTIME_DIR"));
        Assert.DoesNotContain(environment, entry => entry.EndsWith("=x", StringComparison.Ordinal) || entry.EndsWith("=y", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_caller_the_daemons_own_path_is_there() =>
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), SessionEnvironment.Get(SessionEnvironment.Build(null, "abcdefgh"), "PATH"));

    [Fact]
    public void Entries_that_no_program_could_read_are_dropped_and_the_first_of_two_counts()
    {
        var environment = Callers("NOTHING", "=x", "A=1", "A=2", "B=\0");
        Assert.Equal("1", SessionEnvironment.Get(environment, "A"));
        Assert.DoesNotContain(environment, entry => entry is "NOTHING" or "=x" or "A=2" || entry.StartsWith("B=", StringComparison.Ordinal));
    }

    private static string[] Callers(params string[] environment) => SessionEnvironment.Build(environment, "abcdefgh");
}
