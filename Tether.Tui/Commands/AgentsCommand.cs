using System.CommandLine;
using System.Diagnostics;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether agents`: the agents that are known, and whether their screens are read right. The daemon's program knows; no daemon need run.</summary>
internal static class AgentsCommand
{
    public const string Name = "agents";

    public const string Examples = """
        tether agents                 which are known, installed, and in which version
        tether agents test            whether the rules are right about every screen that is kept
        tether agents test ./screens  and about those in this folder; status 1 when one is read wrong
        """;

    public static Command Build()
    {
        var json = CommandParts.Json();
        var folders = new Argument<string[]>("folder") { Description = "Folders of more screens (*.screen)", Arity = ArgumentArity.ZeroOrMore };
        var test = new Command("test", "Check the rules for agents' screens, your own included, against the screens that are kept") { folders };
        test.SetAction(result => Run(["test", .. result.GetValue(folders) ?? []]));
        var command = new Command(Name, "Show the agents that are known") { json, test };
        command.SetAction(result => Run(result.GetValue(json) ? ["--json"] : []));
        return command;
    }

    private static int Run(string[] arguments)
    {
        var program = DaemonLauncher.Find() ?? throw DaemonLauncher.NotInstalled();
        var start = new ProcessStartInfo(program, ["agents", .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            StandardStreams.PrintLine(line);
        }

        process.WaitForExit();
        return process.ExitCode;
    }
}
