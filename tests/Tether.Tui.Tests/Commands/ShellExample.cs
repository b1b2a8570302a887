using System.Text.RegularExpressions;

namespace Tether.Tui.Tests.Commands;

/// <summary>A line of examples in a help: the `tether` commands in it, by the words behind `tether`. What is said of them stands behind two blanks.</summary>
internal sealed partial record ShellExample(IReadOnlyList<string[]> Commands)
{
    public static ShellExample Read(string line) => new([.. Command().Matches(line).Select(match => match.Groups["word"].Captures.Select(word => Unquoted(word.Value)).ToArray())]);

    private static string Unquoted(string word) => Quoted().Replace(word, match => match.Value[1..^1]);

    [GeneratedRegex("""(?<![^ (])(?<!\badd )tether(?: (?<word>(?:'[^']*'|"[^"]*"|[^\s'"()|&<>;])+))*""")]
    private static partial Regex Command();

    [GeneratedRegex("""(['"]).*?\1""")]
    private static partial Regex Quoted();
}
