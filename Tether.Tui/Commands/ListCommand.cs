using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether ls`: what runs, or all that is remembered.</summary>
internal static class ListCommand
{
    public const string Name = "ls";

    public const string Examples = """
        tether ls                     running sessions
        tether ls --all               ended ones too
        tether ls --json | jq -r '.[].id'
        """;

    private static readonly string[] Headings = ["ID", "TITLE", "STATE", "AGE", "IDLE", "SIZE", "CONTROL", "DIRECTORY", "LAST LINE"];

    public static Command Build()
    {
        var all = new Option<bool>("--all", "-a") { Description = "Ended sessions too" };
        var json = CommandParts.Json();
        var command = new Command(Name, "List sessions") { all, json };
        command.SetAction(result => Run(result.GetValue(all), result.GetValue(json)));
        return command;
    }

    private static int Run(bool all, bool json)
    {
        using var daemon = Connector.OpenClient();
        var sessions = daemon.Ask<SessionsReply>(new ListRequest { All = all }).Sessions;
        if (json)
        {
            Json.Print(sessions, WireJson.Default.SessionRecordArray);
        }
        else if (sessions.Length == 0)
        {
            StandardStreams.PrintLine(all ? "no sessions" : "no session runs; `tether run codex` starts one");
        }
        else
        {
            var now = TimeProvider.System.GetUtcNow();
            Table.Print(Headings, [.. sessions.Select(session => Row(session, now))]);
        }

        return ExitCodes.Done;
    }

    private static string[] Row(SessionRecord session, DateTimeOffset now) =>
    [
        session.Id,
        session.Title,
        SessionText.State(session),
        SessionText.Age(now - session.CreatedAt),
        session.State == SessionState.Running ? SessionText.Age(now - session.LastOutputAt) : "-",
        $"{session.Columns}×{session.Rows}",
        session.Controller ?? "-",
        SessionText.ShortDirectory(session.WorkingDirectory ?? session.Directory),
        session.LastLine,
    ];
}
