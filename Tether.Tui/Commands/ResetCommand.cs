using System.CommandLine;
using System.Diagnostics;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;
using Tether.Tui.Terminal.FullScreen;

namespace Tether.Tui.Commands;

/// <summary>`tether reset`: a terminal that something left in a bad state.</summary>
internal static class ResetCommand
{
    public const string Name = "reset";

    public const string Examples = """
        tether reset                  when a killed client left no echo, mouse reports or odd colours behind
        """;

    public static Command Build()
    {
        var command = new Command(Name, "Put this terminal right: echo, colours, cursor, mouse, keyboard modes");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        if (!StandardStreams.IsInputTerminal || !StandardStreams.IsOutputTerminal)
        {
            throw new TetherException(ExitCodes.Usage, "reset works on the terminal it is typed in; standard input or output is none");
        }

        StandardStreams.Print(TerminalReset.Conservative);
        TerminalClaim.TryTake(ClientEnvironment.Paths.Screens, TerminalDevice.NameOf(0), out _)?.Release();
        using var stty = Process.Start(new ProcessStartInfo("stty", "sane"));
        stty?.WaitForExit();
        return stty?.ExitCode ?? ExitCodes.Done;
    }
}
