using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether audit`: every decision, automatic or human.</summary>
internal static class AuditCommand
{
    public const string Name = "audit";

    public const string Examples = """
        tether audit                  the newest 100 decisions, oldest first
        tether audit --session api --since 2h
        tether audit -n 1000 --json | jq -r 'select(.decision == "deny") | .title'
        tether audit --verify         nothing was changed or taken out: status 1 and the first broken entry when something was
        """;

    private const int UsualCount = 100;

    private static readonly string[] Headings = ["WHEN", "SESSION", "DECISION", "BY", "RULE", "WHAT"];

    public static Command Build()
    {
        var session = new Option<string?>("--session", "-s") { Description = "Only of this session" };
        var limit = NumberOption.Whole("-n", (1, 1000), "The newest so many, up to 1000; 100 unless told");
        var since = new Option<string?>("--since") { Description = "Not older: 90s, 30m, 2h, 1d, or a time as 2026-01-31T12:00" };
        var verify = new Option<bool>("--verify") { Description = "Check that no entry was changed, taken out or cut off" };
        var json = new Option<bool>("--json") { Description = "Print JSON for programs, one entry a line" };
        var command = new Command(Name, "List what was decided, by whom and by which rule") { session, limit, since, verify, json };
        command.SetAction(result => Run(
            new AuditRequest
            {
                Session = result.GetValue(session),
                Limit = result.GetValue(limit) ?? UsualCount,
                Since = result.GetValue(since) is { } time ? Since(time) : null,
                Verify = result.GetValue(verify),
            },
            result.GetValue(json)));
        return command;
    }

    private static int Run(AuditRequest request, bool json)
    {
        using var daemon = Connector.OpenClient();
        var reply = daemon.Ask<AuditReply>(request);
        if (request.Verify)
        {
            if (reply.Broken is { } broken)
            {
                StandardStreams.Complain($"{broken}; {(reply.Count == 1 ? "the entry before it is as it was written" : $"the {reply.Count} entries before it are as they were written")}");
                return ExitCodes.Failure;
            }

            StandardStreams.PrintLine($"{(reply.Count == 1 ? "1 entry, as it was written" : $"{reply.Count} entries, all as they were written")} ({reply.File})");
            return ExitCodes.Done;
        }

        if (json)
        {
            foreach (var entry in reply.Entries)
            {
                StandardStreams.PrintLine(JsonSerializer.Serialize(entry, WireJson.Default.AuditEntry));
            }
        }
        else if (reply.Entries.Length == 0)
        {
            StandardStreams.PrintLine("nothing was decided");
        }
        else
        {
            Table.Print(Headings, [.. reply.Entries.Select(Row)]);
        }

        return ExitCodes.Done;
    }

    private static string[] Row(AuditEntry entry) =>
    [
        entry.At.ToLocalTime().ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        entry.Session,
        entry.Decision.ToString().ToLowerInvariant(),
        entry.By == entry.Surface ? entry.By : $"{entry.By} ({entry.Surface})",
        entry.Rule ?? "",
        string.Join(" — ", new[] { entry.Title, entry.Reason, entry.Receipt }.Where(part => part.Length > 0)),
    ];

    private static DateTimeOffset Since(string text) => DurationText.Seconds(text) is { } seconds ? TimeProvider.System.GetUtcNow().AddSeconds(-seconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) ? time
        : throw new TetherException(ExitCodes.Usage, $"--since {text}: allowed are 90s, 30m, 2h, 1d, or a time as 2026-01-31T12:00");
}
