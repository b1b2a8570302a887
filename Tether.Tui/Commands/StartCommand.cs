using System.CommandLine;
using Tether.Tui.Connection;
using Tether.Tui.Native;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether start`: the daemon, without a session; or its service.</summary>
internal static class StartCommand
{
    public const string Name = "start";

    public const string Examples = """
        tether start                  start the daemon (any command that needs it does so by itself)
        tether start --port 7070      and let it listen on 127.0.0.1:7070
        tether start --install        write a service, so that it starts with your login
        tether start --foreground     run it here, for a service manager of your own
        """;

    public static Command Build()
    {
        var port = NumberOption.Whole("--port", (1, 65_535), "Listen on this port of 127.0.0.1 too (TETHER_PORT in config.env makes it last)");
        var install = new Option<bool>("--install") { Description = "Write the service file (systemd user unit, or launchd agent on macOS)" };
        var foreground = new Option<bool>("--foreground") { Description = "Become the daemon instead of starting it" };
        var command = new Command(Name, "Start the daemon") { port, install, foreground };
        command.SetAction(result => Run(result.GetValue(port), result.GetValue(install), result.GetValue(foreground)));
        return command;
    }

    private static int Run(int? port, bool install, bool foreground)
    {
        if (port is { } given)
        {
            Environment.SetEnvironmentVariable("TETHER_PORT", given.ToString());
        }

        if (install)
        {
            return ServiceFile.Install(port);
        }

        if (foreground)
        {
            var path = DaemonLauncher.Find() ?? throw DaemonLauncher.NotInstalled();
            Spawner.Become(path, ClientEnvironment.All(without: ClientEnvironment.SessionVariable));
        }

        using var running = Connector.TryOpen();
        if (running is null)
        {
            DaemonLauncher.Start(Environment.CurrentDirectory);
            StandardStreams.PrintLine("the daemon has started");
            return ExitCodes.Done;
        }

        if (port is not null)
        {
            throw new TetherException(ExitCodes.WrongState,
                $"the daemon runs already; `tether stop && tether start --port {port}` starts it anew, sessions go on");
        }

        StandardStreams.PrintLine("the daemon runs already");
        return ExitCodes.Done;
    }
}
