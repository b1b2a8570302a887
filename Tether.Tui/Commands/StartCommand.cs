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
        tether start --port 7070      and let its API listen on 127.0.0.1:7070 instead of 8787
        tether start --host 0.0.0.0   on every address of this machine; wants a token that was made before
        tether start --install        write a service, so that it starts with your login
        tether start --foreground     run it here, for a service manager of your own
        """;

    public static Command Build()
    {
        var host = new Option<string?>("--host") { Description = "The API's address (TETHER_AGENT_HOST in config.env makes it last; 127.0.0.1 without it)" };
        var port = NumberOption.Whole("--port", (1, 65_535), "The API's port (TETHER_AGENT_PORT in config.env makes it last; 8787 without it)");
        var install = new Option<bool>("--install") { Description = "Write the service file (systemd user unit, or launchd agent on macOS)" };
        var foreground = new Option<bool>("--foreground") { Description = "Become the daemon instead of starting it" };
        var command = new Command(Name, "Start the daemon") { host, port, install, foreground };
        command.SetAction(result => Run(result.GetValue(host), result.GetValue(port), result.GetValue(install), result.GetValue(foreground)));
        return command;
    }

    private static int Run(string? host, int? port, bool install, bool foreground)
    {
        if (port is { } given)
        {
            Environment.SetEnvironmentVariable("TETHER_AGENT_PORT", given.ToString());
        }

        if (host is not null)
        {
            Environment.SetEnvironmentVariable("TETHER_AGENT_HOST", host);
        }

        if (install)
        {
            return ServiceFile.Install(host, port);
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

        if (port is not null || host is not null)
        {
            var asked = $"{(host is null ? "" : $" --host {host}")}{(port is null ? "" : $" --port {port}")}";
            throw new TetherException(ExitCodes.WrongState, $"the daemon runs already; `tether stop && tether start{asked}` starts it anew, sessions go on");
        }

        StandardStreams.PrintLine("the daemon runs already");
        return ExitCodes.Done;
    }
}
