using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tether.Tui.Commands;

/// <summary>A command by all its words: `tether rules add`.</summary>
internal static class CommandPath
{
    public const string Program = "tether";

    public static string Of(CommandResult command) => string.Join(' ', [Program, .. Words(command)]);

    /// <summary>The same without the program; empty for the program itself.</summary>
    public static IReadOnlyList<string> Words(CommandResult command) =>
        command.Command is RootCommand ? [] : [.. command.Parent is CommandResult parent ? Words(parent) : [], command.Command.Name];
}
