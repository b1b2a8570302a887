using Tether.Tui.Commands;
using Xunit;

namespace Tether.Tui.Tests.Commands;

public sealed class CommandLineErrorTests
{
    [Theory]
    [InlineData("wait s --timeout abc", "--timeout abc: seconds from 0 to 1000000000 are allowed")]
    [InlineData("wait s --timeout -5", "--timeout -5: seconds from 0 to 1000000000 are allowed")]
    [InlineData("wait s --for idle:-1", "--for idle:-1: allowed are exit, idle, idle:SECONDS and text:REGEX")]
    [InlineData("input s x --wait abc", "--wait abc: seconds from 0 to 86400 are allowed")]
    [InlineData("capture s --lines abc", "--lines abc: a whole number from 0 up is allowed")]
    [InlineData("capture s --lines -1", "--lines -1: a whole number from 0 up is allowed")]
    [InlineData("capture s --format bmp", "--format bmp: allowed are text, ansi, json, html, svg and vt")]
    [InlineData("export s --format gif", "--format gif: allowed are asciicast, asciicast-v2 and asciicast-v3")]
    [InlineData("completion tcsh", "tcsh: allowed are bash, zsh and fish")]
    [InlineData("transcript s -n abc", "-n abc: a whole number from 1 up is allowed")]
    [InlineData("transcript s --last 0", "--last 0: a whole number from 1 up is allowed")]
    [InlineData("start --port abc", "--port abc: a whole number from 1 to 65535 is allowed")]
    [InlineData("ls -e -n 0", "-n 0: a whole number from 1 to 1000 is allowed")]
    [InlineData("audit -n abc", "-n abc: a whole number from 1 to 1000 is allowed")]
    [InlineData("rules add --allow --uses abc", "--uses abc: a whole number from 1 to 1000000 is allowed")]
    public void A_wrong_value_is_named_with_what_is_allowed(string line, string expected) =>
        Assert.Equal([expected], CommandTable.Root().Parse(line.Split(' ')).Errors.Select(error => error.Message));

    [Theory]
    [InlineData("ls --all=abc")]
    [InlineData("attach s --observe=abc")]
    [InlineData("rules add --allow=maybe")]
    public void A_switch_takes_no_value(string line) =>
        Assert.StartsWith("Unrecognized", Assert.Single(CommandTable.Root().Parse(line.Split(' ')).Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("rules add --foo", "tether rules add")]
    [InlineData("agents test --foo", "tether agents test")]
    [InlineData("ls --foo", "tether ls")]
    public void A_mistake_is_met_with_the_help_of_the_whole_command(string line, string expected) =>
        Assert.Equal(expected, CommandPath.Of(CommandTable.Root().Parse(line.Split(' ')).CommandResult));
}
