using Tether.Tui.Commands.Init;
using Xunit;

namespace Tether.Tui.Tests.Commands.Init;

public sealed class DialogueTests
{
    private static readonly InitQuestion YesNo = new("TETHER_HOOKS", "Hooks?", ["on", "off"], true, "on");
    private static readonly InitQuestion Choice = new("TETHER_CODEX", "How?", ["hooks", "remote", "off"], false, "remote");

    [Theory]
    [InlineData("", "on")]
    [InlineData("y", "on")]
    [InlineData(" YES ", "on")]
    [InlineData("n", "off")]
    [InlineData("no", "off")]
    public void Yes_and_no_stand_for_the_settings_words_and_an_empty_line_for_what_is(string line, string expected) => Assert.Equal(expected, Ask(YesNo, line).Answer);

    [Theory]
    [InlineData("", "remote")]
    [InlineData("h", "hooks")]
    [InlineData("off", "off")]
    public void A_choice_is_named_by_its_beginning(string line, string expected) => Assert.Equal(expected, Ask(Choice, line).Answer);

    [Fact]
    public void What_is_not_understood_is_asked_again()
    {
        var (answer, printed) = Ask(Choice, "x", "what", "r");
        Assert.Equal("remote", answer);
        Assert.Equal(string.Concat(Enumerable.Repeat("How? [hooks/REMOTE/off]   hooks, remote, off, please\n", 2)) + "How? [hooks/REMOTE/off] ", printed);
    }

    [Fact]
    public void The_answer_that_stands_is_the_great_one()
    {
        Assert.Equal("Hooks? [Y/n] ", Ask(YesNo, "").Printed);
        Assert.Equal("Hooks? [y/N] ", Ask(YesNo with { Current = "off" }, "").Printed);
    }

    [Fact]
    public void Where_there_are_no_more_lines_nothing_is_answered()
    {
        var thrown = Assert.Throws<TetherException>(() => Ask(YesNo));
        Assert.Equal((ExitCodes.Failure, "nothing was changed"), (thrown.ExitCode, thrown.Message));
    }

    private static (string Answer, string Printed) Ask(InitQuestion question, params string[] lines)
    {
        var (left, printed) = (new Queue<string>(lines), "");
        return (new Dialogue(() => left.TryDequeue(out var line) ? line : null, text => printed += text).Ask(question), printed);
    }
}
