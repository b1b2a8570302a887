using System.CommandLine;
using System.Text;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Queue;

/// <summary>`tether queue`: what needs a human, over all sessions.</summary>
internal static class QueueCommand
{
    public const string Name = "queue";

    public const string Examples = """
        tether queue                  what needs somebody, the most urgent first
        tether queue -v               with the whole command, the diff, the options
        tether queue --all            what is over, too, and who answered it
        tether queue -f               go on printing what comes and what becomes of it
        tether queue --json | jq -r '.[] | select(.kind == "approval") | .command'
        """;

    private static readonly string[] Headings = ["ID", "KIND", "AGE", "SESSION", "STATE", "WHAT"];

    public static Command Build()
    {
        var session = CommandParts.OptionalSession();
        var all = new Option<bool>("--all", "-a") { Description = "What is over, too: the newest 200" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "All of each item" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what comes, until interrupted" };
        var json = CommandParts.Json();
        var command = new Command(Name, "What needs a human, over all sessions or in one") { session, all, verbose, follow, json };
        command.SetAction(result => Run(
            result.GetValue(session), result.GetValue(all), result.GetValue(verbose), result.GetValue(follow), result.GetValue(json)));
        return command;
    }

    private static int Run(string? session, bool all, bool verbose, bool follow, bool json)
    {
        using var daemon = Connector.OpenClient();
        var only = session is null ? null : SessionLookup.Require(daemon, session).Id;
        if (follow)
        {
            return Follow(daemon, only, all, verbose, json);
        }

        var items = daemon.Ask<QueueReply>(new QueueRequest { Session = only, All = all }).Items;
        if (json)
        {
            Json.Print(items, WireJson.Default.QueueItemArray);
        }
        else if (items.Length == 0)
        {
            StandardStreams.PrintLine("nothing needs you");
        }
        else if (verbose)
        {
            StandardStreams.PrintLine(string.Join("\n\n", items.Select(item => string.Join('\n', QueueText.Lines(item)))));
        }
        else
        {
            var now = TimeProvider.System.GetUtcNow();
            Table.Print(Headings, [.. items.Select(item => Row(item, items, now))]);
        }

        return ExitCodes.Done;
    }

    // Subscribed first and listed then: what comes in between comes twice rather than never, and is printed once.
    private static int Follow(DaemonClient daemon, string? session, bool all, bool verbose, bool json)
    {
        var printed = new Dictionary<string, QueueItem>();
        List<QueueItem> early = [];
        daemon.Unasked = incoming =>
        {
            if (incoming.Message is ItemNotice notice)
            {
                early.Add(notice.Item);
            }
        };
        daemon.Ask<OkReply>(new SubscribeRequest { Session = session });
        foreach (var item in daemon.Ask<QueueReply>(new QueueRequest { Session = session, All = all }).Items.Concat(early))
        {
            Print(item);
        }

        do
        {
            while (daemon.Connection.TryRead(out var incoming))
            {
                if (incoming.Message is ItemNotice notice)
                {
                    Print(notice.Item);
                }
            }
        }
        while (daemon.Connection.Fill());

        throw DaemonException.Gone();

        void Print(QueueItem item)
        {
            if (printed.TryGetValue(item.Id, out var known) && known.State == item.State && known.Way == item.Way && known.SnoozedUntil == item.SnoozedUntil)
            {
                return;
            }

            printed[item.Id] = item;
            var now = TimeProvider.System.GetUtcNow();
            StandardStreams.PrintLine(json
                ? Encoding.UTF8.GetString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(item, WireJson.Default.QueueItem))
                : verbose && item.State == QueueState.Open ? string.Join('\n', QueueText.Lines(item))
                : $"{now.ToLocalTime():HH:mm:ss} {item.Id} {QueueText.Kind(item),-8} {item.Session} {QueueText.State(item, now),-15} {item.Title}");
        }
    }

    private static string[] Row(QueueItem item, QueueItem[] among, DateTimeOffset now) =>
    [
        QueueText.ShortId(item, among),
        QueueText.Kind(item),
        SessionText.Age(now - item.AskedAt),
        item.Session,
        QueueText.State(item, now),
        item.Title,
    ];
}
