using Tether.Tui.Commands.Run;
using Xunit;

namespace Tether.Tui.Tests.Commands;

public sealed class RunArgumentsTests
{
    [Theory]
    [InlineData("codex --model o3", "--model o3")]
    [InlineData("codex -- --model o3", "--model o3")]
    [InlineData("codex", "")]
    [InlineData("codex -d --model o3 -d", "--model o3 -d")]
    [InlineData("any -d --title x --cols 80 --rows 24 -- prog -x --title y", "prog -x --title y")]
    [InlineData("any prog --title y", "prog --title y")]
    [InlineData("--title x codex resume", "resume")]
    [InlineData("codex -- -- x", "-- x")]
    [InlineData("codex --help", "--help")]
    [InlineData("codex -", "-")]
    public void What_is_not_ours_reaches_the_program_untouched(string words, string rest) =>
        Assert.Equal(rest, string.Join(' ', RunArguments.Parse(words.Split(' ')).Rest));

    [Fact]
    public void Our_options_are_taken_before_the_programs_begin()
    {
        var arguments = RunArguments.Parse(["any", "-d", "--title=a b", "--cols", "100", "--rows=30", "--no-reconnect", "--cwd", "/tmp", "prog"]);
        Assert.Equal("any", arguments.Provider);
        Assert.Equal("a b", arguments.Title);
        Assert.Equal("/tmp", arguments.Directory);
        Assert.Equal((100, 30), (arguments.Columns, arguments.Rows));
        Assert.True(arguments.IsDetached);
        Assert.False(arguments.Reconnects);
        Assert.Equal(["prog"], arguments.Rest);
    }

    [Theory]
    [InlineData("--cols 0 codex")]
    [InlineData("codex --rows many")]
    [InlineData("codex --title")]
    [InlineData("--model o3 codex")]
    public void What_cannot_be_is_refused_as_wrong_usage(string words) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<TetherException>(() => RunArguments.Parse(words.Split(' '))).ExitCode);

    [Fact]
    public void Help_before_the_provider_is_ours() => Assert.True(RunArguments.Parse(["--help"]).WantsHelp);
}
