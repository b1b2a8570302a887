using System.CommandLine;
using System.CommandLine.Invocation;
using Tether.Tui.Commands.Completion;
using Tether.Tui.Commands.Debug;
using Tether.Tui.Commands.Hook;
using Tether.Tui.Commands.Run;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>From the words of the command line to an exit status. `run`, `hook` and plain `attach` do not load the library.</summary>
internal static class CommandLine
{
    public static int Run(string[] words)
    {
        switch (words)
        {
            case ["--version"]:
                StandardStreams.PrintLine($"tether {DaemonChecks.Version()}");
                return ExitCodes.Done;
            case [CompletionWords.Name, var kind]:
                return CompletionWords.Print(kind);
            case []:
                return StandardStreams.IsInputTerminal && StandardStreams.IsOutputTerminal ? RunDashboard() : Overview.Print();
            case [RunCommand.Name, .. var rest] when RunArguments.Parse(rest) is { WantsHelp: false } arguments:
                return RunCommand.Run(arguments);
            case [HookCommand.Name, .. var rest] when HookArguments.Parse(rest) is { } arguments:
                return HookCommand.Run(arguments);
            case [AttachCommand.Name]:
                return AttachCommand.Run(new AttachArguments());
            case [AttachCommand.Name, var session] when !session.StartsWith('-'):
                return AttachCommand.Run(new AttachArguments { Session = session });
            case [RunCommand.Name, ..]:
                return Parse([RunCommand.Name, "--help"]);
            case [ListCommand.Alias, .. var rest]:
                return Parse([ListCommand.Name, .. rest]);
            default:
                return Parse(words);
        }
    }

    private static int RunDashboard()
    {
        Dashboard.DashboardWarmUp.Start();
        return Dashboard.DashboardProgram.Run();
    }

    private static int Parse(string[] words)
    {
        if (!words[0].StartsWith('-') && CommandTable.Rows.All(row => row.Name != words[0]))
        {
            throw new TetherException(ExitCodes.Usage, $"there is no command `{words[0]}`; `tether --help` lists them all");
        }

        var result = CommandTable.Root(only: words[0]).Parse(words);
        if (result.Errors.Count == 0 || result.Action is not ParseErrorAction)
        {
            return Invoke(result);
        }

        foreach (var error in result.Errors)
        {
            StandardStreams.Complain(error.Message);
        }

        StandardStreams.Complain($"`{CommandPath.Of(result.CommandResult)} --help` says what is allowed");
        return ExitCodes.Usage;
    }

    // Only the help is written by the library, and printed as everything else is.
    private static int Invoke(ParseResult result)
    {
        using var help = new StringWriter();
        var status = result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = help });
        StandardStreams.Print(help.ToString());
        return status;
    }
}
