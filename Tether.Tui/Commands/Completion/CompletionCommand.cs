using System.CommandLine;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Completion;

/// <summary>`tether completion`: a script that completes commands, options, sessions and providers.</summary>
internal static class CompletionCommand
{
    public const string Name = "completion";

    public const string Examples = """
        eval "$(tether completion bash)"                 in ~/.bashrc
        eval "$(tether completion zsh)"                  in ~/.zshrc, behind compinit
        tether completion fish > ~/.config/fish/completions/tether.fish
        """;

    public static Command Build()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnly("bash", "zsh", "fish");
        var command = new Command(Name, "Print a completion script for a shell") { shell };
        command.SetAction(result =>
        {
            var commands = CommandShape.All();
            StandardStreams.Print(result.GetValue(shell) switch
            {
                "bash" => BashCompletion.Script(commands),
                "zsh" => ZshCompletion.Script(commands),
                _ => FishCompletion.Script(commands),
            });
            return ExitCodes.Done;
        });
        return command;
    }
}
