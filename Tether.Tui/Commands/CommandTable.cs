using System.CommandLine;
using Tether.Tui.Commands.Run;

namespace Tether.Tui.Commands;

/// <summary>Every command: its name, how System.CommandLine sees it, and examples for its help. Built only when asked for.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new(RunCommand.Name, RunCommand.Build, RunCommand.Examples),
        new(AttachCommand.Name, AttachCommand.Build, AttachCommand.Examples),
        new(ListCommand.Name, ListCommand.Build, ListCommand.Examples),
        new(StopCommand.Name, StopCommand.Build, StopCommand.Examples),
    ];

    public sealed record Row(string Name, Func<Command> Build, string Examples);

    /// <summary>The whole command line, or only one command of it: building the others would cost each start.</summary>
    public static RootCommand Root(string? only = null)
    {
        var root = new RootCommand("Sessions of coding agents that outlive terminals, ssh connections and daemon restarts");
        var rows = Rows.Where(row => row.Name == only).ToArray();
        foreach (var row in rows.Length > 0 ? rows : Rows)
        {
            root.Subcommands.Add(row.Build());
        }

        HelpText.AddTo(root, Rows);
        return root;
    }
}
