using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Outside;

/// <summary>`tether ls --external`: sessions as the agents themselves keep them.</summary>
internal static class ExternalList
{
    private const int ShownOfId = 13;

    private static readonly string[] Headings = ["ID", "AGENT", "STATE", "AGE", "MESSAGES", "TETHER", "DIRECTORY", "TITLE"];

    public static int Print(string? directory, string? agent, int limit, bool json)
    {
        using var daemon = Connector.OpenClient();
        var reply = daemon.Ask<ExternalReply>(new ExternalRequest
        {
            Agent = agent,
            Directory = directory is null ? null : Path.GetFullPath(directory),
            Limit = limit,
        });
        if (json)
        {
            Json.Print(reply.Sessions, WireJson.Default.ExternalSessionArray);
        }
        else if (reply.Sessions.Length == 0)
        {
            StandardStreams.PrintLine($"no session of {agent ?? "an agent"}{(directory is null ? "" : $" in {Path.GetFullPath(directory)}")}");
        }
        else
        {
            var now = TimeProvider.System.GetUtcNow();
            Table.Print(Headings, [.. reply.Sessions.Select(session => Row(session, reply.Sessions, now))]);
        }

        foreach (var problem in reply.Problems)
        {
            StandardStreams.Complain(problem);
        }

        return ExitCodes.Done;
    }

    private static string[] Row(ExternalSession session, ExternalSession[] all, DateTimeOffset now) =>
    [
        ShortId(session.Id, all),
        session.Agent,
        session.IsRunning ? "running" : "-",
        SessionText.Age(now - session.LastActivity),
        session.Messages?.ToString() ?? "-",
        session.Session ?? "-",
        SessionText.ShortDirectory(session.Directory),
        session.Title,
    ];

    // Ids that hold the time begin alike; as much is shown as tells them apart.
    private static string ShortId(string id, ExternalSession[] all)
    {
        var length = Math.Min(ShownOfId, id.Length);
        while (length < id.Length && all.Count(other => other.Id.AsSpan().StartsWith(id.AsSpan(0, length))) > 1)
        {
            length++;
        }

        return id[..length];
    }
}
