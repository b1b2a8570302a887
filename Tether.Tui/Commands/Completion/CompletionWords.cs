using System.Text.Json;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Completion;

/// <summary>`tether __complete KIND`: what the scripts ask for while somebody types. Never starts the daemon and never complains.</summary>
internal static class CompletionWords
{
    public const string Name = "__complete";

    public static int Print(string kind)
    {
        foreach (var word in kind switch { "providers" => Providers(), "items" => Items(), _ => Sessions(titlesOnly: kind == "titles") })
        {
            StandardStreams.PrintLine(word);
        }

        return ExitCodes.Done;
    }

    private static IEnumerable<string> Sessions(bool titlesOnly)
    {
        using var connection = Connector.TryOpen();
        if (connection is null)
        {
            return [];
        }

        var sessions = new DaemonClient(connection).Ask<SessionsReply>(new ListRequest { All = true }).Sessions;
        return sessions.Select(session => titlesOnly ? session.Title : $"{session.Id}\t{session.Title}");
    }

    private static IEnumerable<string> Items()
    {
        using var connection = Connector.TryOpen();
        return connection is null ? [] : new DaemonClient(connection).Ask<QueueReply>(new QueueRequest()).Items.Select(item => $"{item.Id}\t{item.Title}");
    }

    private static IEnumerable<string> Providers()
    {
        string[] own = [];
        try
        {
            own = ProviderNames.OfFile(ClientEnvironment.Paths.ProvidersFile);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            // `tether debug` tells.
        }

        return ProviderNames.Agents.Append(ProviderNames.Shell).Concat(own).Distinct();
    }
}
