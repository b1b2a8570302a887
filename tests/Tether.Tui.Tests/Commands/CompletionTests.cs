using System.Diagnostics;
using Tether.Tui.Commands;
using Tether.Tui.Commands.Completion;
using Xunit;

namespace Tether.Tui.Tests.Commands;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("tether st", "stop status start")]
    [InlineData("tether attach --t", "--take")]
    [InlineData("tether capture --format a", "ansi")]
    [InlineData("tether completion z", "zsh")]
    [InlineData("tether run --cw", "--cwd")]
    [InlineData("tether rules re", "rehearse")]
    [InlineData("tether agents t", "test")]
    [InlineData("tether rules --j", "--json")]
    public void Bash_completes(string typed, string expected)
    {
        var words = string.Join(' ', typed.Split(' ').Select(word => $"'{word}'"));
        var script = BashCompletion.Script(CommandShape.All())
            + $"COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); _tether; echo \"${{COMPREPLY[*]}}\"";
        Assert.Equal(expected, Bash(script));
    }

    [Fact]
    public void Every_script_names_every_command()
    {
        var shapes = CommandShape.All();
        string[] scripts = [BashCompletion.Script(shapes), ZshCompletion.Script(shapes), FishCompletion.Script(shapes)];
        Assert.All(scripts, script => Assert.All(CommandTable.Rows, row => Assert.Contains(row.Name, script, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_command_has_examples_of_itself() =>
        Assert.All(CommandTable.Rows, row => Assert.Contains($"tether {row.Name}", row.Examples, StringComparison.Ordinal));

    private static string Bash(string script)
    {
        var start = new ProcessStartInfo("/bin/bash", ["--norc", "-c", script]) { RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return output.Trim();
    }
}
