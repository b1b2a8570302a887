using System.CommandLine;

namespace Tether.Tui.Commands.Completion;

/// <summary>What the first argument of a command names.</summary>
internal enum ArgumentShape
{
    Nothing,
    Session,
    Item,
    Provider,
    Shell,
}

/// <summary>One option: its names, what it is for, the values it allows if they are fixed, and whether it takes one at all.</summary>
internal sealed record OptionShape(string[] Names, string Description, string[] Values, bool TakesValue);

/// <summary>A command as completion sees it, read off the command line's own definition.</summary>
/// <param name="Name">The word behind `tether`.</param>
/// <param name="Description">For shells that show it.</param>
/// <param name="Argument">What stands behind the name.</param>
/// <param name="Options">All that are shown in the help.</param>
/// <param name="Inner">The commands within it.</param>
internal sealed record CommandShape(string Name, string Description, ArgumentShape Argument, OptionShape[] Options, string[] Inner)
{
    public static CommandShape[] All() => [.. CommandTable.Root().Subcommands.Select(Of)];

    private static CommandShape Of(Command command)
    {
        var argument = command.Arguments.FirstOrDefault()?.Name switch
        {
            "session" or "sessions" => ArgumentShape.Session,
            "item" => ArgumentShape.Item,
            "provider" => ArgumentShape.Provider,
            "shell" => ArgumentShape.Shell,
            _ => ArgumentShape.Nothing,
        };
        var options = command.Options.Where(option => !option.Hidden).Select(option => new OptionShape(
            [option.Name, .. option.Aliases],
            option.Description ?? "",
            option.ValueType == typeof(string) ? [.. option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(item => item.Label)] : [],
            option.ValueType != typeof(bool)));
        OptionShape help = new(["--help", "-h"], "Show help and examples", [], TakesValue: false);
        return new CommandShape(command.Name, command.Description ?? "", argument, [.. options, help], [.. command.Subcommands.Select(inner => inner.Name)]);
    }
}
