using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Commands.Outside;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether ls`: what runs, or all that is remembered.</summary>
internal static class ListCommand
{
    public const string Name = "ls";

    /// <summary>What other programs call it.</summary>
    public const string Alias = "list";

    public const string Examples = """
        tether ls                     running sessions
        tether ls --all               ended ones too
        tether ls --tag work          those with this tag
        tether ls -s working          those whose agent works; `-s exited` those that have ended
        tether ls -d ~/api            those in this folder or below it
        tether ls --json | jq -r '.[].id'
        tether ls --external          sessions as the agents keep them, started with Tether or without
        tether ls -e -d . --agent claude -n 10
        """;

    private const int UsualExternal = 50, MostExternal = 1000;

    private static readonly string[] Headings = ["ID", "TITLE", "STATE", "AGE", "IDLE", "SIZE", "CONTROL", "DIRECTORY", "LAST LINE"];

    public static Command Build()
    {
        var all = new Option<bool>("--all", "-a") { Description = "Ended sessions too" };
        var tag = new Option<string?>("--tag") { Description = "Only sessions with this tag" };
        var json = CommandParts.Json();
        var external = new Option<bool>("--external", "-e") { Description = "Sessions of claude, codex, opencode and pi as they keep them themselves" };
        var state = new Option<string?>("--state", "-s") { Description = $"Only sessions in this state: {string.Join(", ", SessionText.States)}" };
        var directory = new Option<string?>("--directory", "-d") { Description = "Only those in this folder or below it" };
        var agent = new Option<string?>("--agent") { Description = "With --external: only this agent's" };
        var limit = NumberOption.Whole("--limit", (1, MostExternal), "With --external: so many, the newest first; 50 unless told", "-n");
        var command = new Command(Name, "List sessions") { all, tag, state, json, external, directory, agent, limit };
        command.Aliases.Add(Alias);
        command.Validators.Add(result =>
        {
            var isExternal = result.GetValue(external);
            if (isExternal && (result.GetValue(all) || result.GetValue(tag) is not null || result.GetValue(state) is not null))
            {
                result.AddError("--external excludes --all, --tag and --state: agents do not know of them");
            }
            else if (!isExternal && (result.GetResult(agent) is not null || result.GetResult(limit) is not null))
            {
                result.AddError("--agent and --limit belong to --external");
            }
            else if (result.GetValue(state) is { } wanted && !SessionText.States.Contains(wanted.ToLowerInvariant()))
            {
                result.AddError($"--state {wanted}: one of {string.Join(", ", SessionText.States)}");
            }
        });
        command.SetAction(result => result.GetValue(external)
            ? ExternalList.Print(result.GetValue(directory), result.GetValue(agent), result.GetValue(limit) ?? UsualExternal, result.GetValue(json))
            : Run(new Wanted(result.GetValue(all), result.GetValue(tag), result.GetValue(state)?.ToLowerInvariant(), result.GetValue(directory)), result.GetValue(json)));
        return command;
    }

    private static int Run(Wanted wanted, bool json)
    {
        using var daemon = Connector.OpenClient();
        var sessions = Array.FindAll(daemon.Ask<SessionsReply>(new ListRequest { All = wanted.HasEnded }).Sessions, wanted.Fits);
        if (json)
        {
            Json.Print(sessions, WireJson.Default.SessionRecordArray);
        }
        else if (sessions.Length == 0)
        {
            StandardStreams.PrintLine(wanted.Nothing);
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
        Tagged(session),
        SessionText.State(session),
        SessionText.Age(now - session.CreatedAt),
        session.State == SessionState.Running ? SessionText.Age(now - session.LastOutputAt) : "-",
        $"{session.Columns}×{session.Rows}",
        session.Controller ?? "-",
        SessionText.ShortDirectory(session.WorkingDirectory ?? session.Directory),
        session.LastLine,
    ];

    private static string Tagged(SessionRecord session) =>
        session.Tags.Length == 0 ? session.Title : $"{session.Title} [{string.Join(',', session.Tags)}]";

    private sealed record Wanted(bool All, string? Tag, string? State, string? Directory)
    {
        /// <summary>Ended sessions may fit.</summary>
        public bool HasEnded => All || State is "exited" or "lost";

        public string Nothing => Tag is not null ? $"no session has the tag {Tag}"
            : State is not null || Directory is not null ? "no session fits"
            : All ? "no sessions" : "no session runs; `tether run codex` starts one";

        private string? Folder { get; } = Directory is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(Directory));

        public bool Fits(SessionRecord session) =>
            (Tag is null || session.Tags.Contains(Tag))
            && (State is null || SessionText.IsIn(session, State))
            && (Folder is null || session.Directory == Folder || session.Directory.StartsWith(Folder == "/" ? "/" : Folder + "/", StringComparison.Ordinal));
    }
}
