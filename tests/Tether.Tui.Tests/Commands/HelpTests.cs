using System.CommandLine;
using Tether.Tui.Commands;
using Tether.Tui.Commands.Run;
using Xunit;

namespace Tether.Tui.Tests.Commands;

public sealed class HelpTests
{
    private const string Placeholder = "COMMAND";

    private static readonly RootCommand Root = CommandTable.Root();

    public static TheoryData<string> Commands { get; } = new(Paths(Root, ""));

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_has_examples_of_itself(string path)
    {
        var examples = Examples(path);
        Assert.NotEmpty(examples);
        Assert.Contains(examples.SelectMany(example => example.Commands), words => string.Join(' ', words).StartsWith(path, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    [InlineData("")]
    public void Every_example_is_understood(string path) =>
        Assert.All(Examples(path).SelectMany(example => example.Commands).Where(words => !words.Contains(Placeholder)), AssertUnderstood);

    [Theory]
    [InlineData("rules rm", "rm r-7x2m4k", "rehearse")]
    [InlineData("rules ls", "rules ls", "--external")]
    [InlineData("agents test", "./screens", "tether run")]
    public void A_command_within_another_shows_neither_the_outers_examples_nor_the_programs(string path, string own, string foreign)
    {
        var help = Help(path);
        Assert.Contains(own, help, StringComparison.Ordinal);
        Assert.DoesNotContain(foreign, help, StringComparison.Ordinal);
        Assert.DoesNotContain("Exit status", help, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_help_has_every_exit_status()
    {
        var help = Help("");
        Assert.All(
            (int[])[ExitCodes.Done, ExitCodes.Failure, ExitCodes.Usage, ExitCodes.NoSession, ExitCodes.WrongState, ExitCodes.NoDaemon, ExitCodes.NotInstalled, ExitCodes.DraftPending, ExitCodes.TimedOut],
            status => Assert.Matches($@"\s{status} [a-z]", help[help.IndexOf("Exit status", StringComparison.Ordinal)..]));
    }

    private static void AssertUnderstood(string[] words)
    {
        if (words is [])
        {
            return;
        }

        if (words is [RunCommand.Name, .. var rest])
        {
            Assert.Contains(RunArguments.Parse(rest).Provider, ProviderNames.Agents.Append(ProviderNames.Shell));
            return;
        }

        var result = Root.Parse(words);
        Assert.True(result.Errors.Count == 0, $"tether {string.Join(' ', words)}: {string.Join("; ", result.Errors.Select(error => error.Message))}");
    }

    private static IEnumerable<string> Paths(Command command, string before) =>
        command.Subcommands.SelectMany(inner => Paths(inner, before + inner.Name + " ").Prepend(before + inner.Name));

    private static ShellExample[] Examples(string path)
    {
        var help = Help(path);
        var lines = help[(help.IndexOf("Examples:\n", StringComparison.Ordinal) + "Examples:\n".Length)..].Split('\n');
        return [.. lines.TakeWhile(line => line.Length > 0).Select(line => ShellExample.Read(line.Trim()))];
    }

    private static string Help(string path)
    {
        using var output = new StringWriter();
        Root.Parse([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Invoke(new InvocationConfiguration { Output = output });
        return output.ToString();
    }
}
