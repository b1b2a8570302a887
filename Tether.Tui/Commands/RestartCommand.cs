using System.CommandLine;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether restart`: another daemon in place of the running one; sessions go on, attached clients come back by themselves.</summary>
internal static class RestartCommand
{
    public const string Name = "restart";

    public const string Examples = """
        tether restart                after an upgrade or a change of config.env; sessions go on
        """;

    public static Command Build()
    {
        var command = new Command(Name, "Stop the daemon and start it again; sessions go on");
        command.SetAction(_ =>
        {
            var hasStopped = DaemonLauncher.Restart(Environment.CurrentDirectory);
            StandardStreams.PrintLine(hasStopped ? "the daemon has restarted; sessions went on" : "no daemon ran; it has started");
            return ExitCodes.Done;
        });
        return command;
    }
}
