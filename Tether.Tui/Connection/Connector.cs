using System.Text;
using Tether.Protocol.Wire;
using Tether.Tui.Native;
using Tether.Tui.Terminal;

namespace Tether.Tui.Connection;

/// <summary>Reaches the daemon, and starts it where that is wanted.</summary>
internal static class Connector
{
    /// <summary>The versions of the protocol that this client speaks.</summary>
    public static readonly int[] Versions = [1];

    // A daemon may be between its lock and its socket, or just ending; each round starts one where none listens.
    private const int Attempts = 3;

    /// <summary>A connection to the daemon, which is started if it does not run.</summary>
    /// <param name="meanwhile">What can be done while it starts; not called when it runs.</param>
    public static IConnection Open(Action? meanwhile = null)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryOpen() is { } connection)
            {
                return connection;
            }

            DaemonLauncher.Start(meanwhile: meanwhile);
        }

        return TryOpen() ?? throw new TetherException(ExitCodes.NoDaemon,
            $"the daemon says it is ready, but nothing listens at {ClientEnvironment.Paths.LocalSocket}; `tether debug` checks the environment");
    }

    /// <summary>Null when no daemon runs.</summary>
    public static IConnection? TryOpen()
    {
        var path = ClientEnvironment.Paths;
        var isWebSocket = Environment.GetEnvironmentVariable("TETHER_TRANSPORT") == "websocket";
        return isWebSocket ? WebSocketConnection.TryOpen(path.WebSocket, Hello()) : LocalConnection.TryOpen(path.LocalSocket, Hello());
    }

    public static DaemonClient OpenClient(Action? meanwhile = null) => new(Open(meanwhile));

    private static HelloRequest Hello() => new() { Versions = Versions, Client = Describe() };

    private static string Describe()
    {
        var terminal = TerminalDevice.NameOf(0) is { } name ? name.Replace("/dev/", "", StringComparison.Ordinal) : "no tty";
        return $"{Environment.UserName}@{Environment.MachineName} {terminal} {LibC.getpid()}";
    }
}
