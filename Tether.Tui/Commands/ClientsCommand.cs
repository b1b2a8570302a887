using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether clients`: who is attached to a session.</summary>
internal static class ClientsCommand
{
    public const string Name = "clients";

    public const string Examples = """
        tether clients api
        tether clients api --json
        """;

    private static readonly string[] Headings = ["CLIENT", "MODE", "SIZE", "SINCE", "SINK", "WHO"];

    public static Command Build()
    {
        var session = CommandParts.Session();
        var json = CommandParts.Json();
        var command = new Command(Name, "List who is attached to a session") { session, json };
        command.SetAction(result => Run(result.GetRequiredValue(session), result.GetValue(json)));
        return command;
    }

    private static int Run(string session, bool json)
    {
        using var daemon = Connector.OpenClient();
        var clients = daemon.Ask<ClientsReply>(new ClientsRequest { Session = session }).Clients;
        if (json)
        {
            Json.Print(clients, WireJson.Default.ViewerRecordArray);
        }
        else if (clients.Length == 0)
        {
            StandardStreams.PrintLine("nobody is attached");
        }
        else
        {
            var now = TimeProvider.System.GetUtcNow();
            Table.Print(Headings, [.. clients.Select(client => Row(client, now))]);
        }

        return ExitCodes.Done;
    }

    private static string[] Row(ViewerRecord client, DateTimeOffset now) =>
    [
        client.Viewer.ToString(),
        client.Mode == AttachMode.Control ? "control" : client.WaitsForControl ? "observe, next" : "observe",
        $"{client.Columns}×{client.Rows}",
        SessionText.Age(now - client.AttachedAt),
        client.Sink,
        client.Client,
    ];
}
