using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Attach;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Outside;

/// <summary>`tether resume`: what ran before the machine was restarted goes on, each in a new session with its title, tags, directory and arguments.</summary>
internal static class ResumeCommand
{
    public const string Name = "resume";

    public const string Examples = """
        tether resume                 offers what a restart of the machine ended, to pick from by number
        tether resume --all           all of it, without asking
        tether resume api             one by its title or id, however it ended, on this terminal
        tether resume --json | jq -r '.[] | .id + " " + .agentSession'
        """;

    private static readonly string[] Headings = ["#", "ID", "TITLE", "ENDED", "COMMAND", "DIRECTORY", "AGENT'S ID"];

    public static Command Build()
    {
        var sessions = new Argument<string[]>("session") { Description = "An ended session's id, a beginning of it or its title, or the agent's own id", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all", "-a") { Description = "Everything that is offered" };
        var force = new Option<bool>("--force") { Description = "Although it seems to run elsewhere, or was written to a moment ago" };
        var detach = new Option<bool>("--detach", "-d") { Description = "Do not attach when only one is resumed" };
        var json = CommandParts.Json();
        var command = new Command(Name, "Resume agents' sessions that ended, as after a restart of the machine") { sessions, all, force, detach, json };
        command.SetAction(result => Run(result.GetValue(sessions) ?? [], result.GetValue(all), result.GetValue(force), result.GetValue(detach), result.GetValue(json)));
        return command;
    }

    private static int Run(string[] names, bool all, bool force, bool isDetached, bool json)
    {
        using var daemon = Connector.OpenClient();
        var known = daemon.Ask<SessionsReply>(new ListRequest { All = true }).Sessions;
        var now = TimeProvider.System.GetUtcNow();
        var offered = Resumable.Offered(known, now - TimeSpan.FromMilliseconds(Environment.TickCount64));
        if (json && names.Length == 0 && !all)
        {
            Json.Print(offered, WireJson.Default.SessionRecordArray);
            return ExitCodes.Done;
        }

        var chosen = names.Length > 0 ? Named(Resumable.Ended(known), names) : all ? offered : Picked(offered, now);
        if (chosen is null)
        {
            return ExitCodes.Done;
        }

        if (chosen.Length == 1 && !all && !isDetached && !json && StandardStreams.IsInputTerminal && StandardStreams.IsOutputTerminal)
        {
            using var terminal = AttachClient.OpenTerminal();
            return Adopting.Attach(Connector.OpenClient(), terminal, AttachSettings.Read(), Request(chosen[0], force));
        }

        return ResumeAll(daemon, chosen, force, json);
    }

    private static int ResumeAll(DaemonClient daemon, SessionRecord[] chosen, bool force, bool json)
    {
        var (status, resumed) = (ExitCodes.Done, new List<SessionRecord>());
        foreach (var session in chosen)
        {
            try
            {
                resumed.Add(Adopting.Ask(daemon, Request(session, force)));
                if (!json)
                {
                    StandardStreams.PrintLine($"{resumed[^1].Id} {resumed[^1].Title} continues {session.Id}");
                }
            }
            catch (DaemonException e) when (!e.IsGone)
            {
                StandardStreams.Complain($"{session.Id} {session.Title}: {e.Message}");
                status = e.ExitCode;
            }
        }

        if (json)
        {
            Json.Print([.. resumed], WireJson.Default.SessionRecordArray);
        }

        return status;
    }

    private static AdoptRequest Request(SessionRecord session, bool force) =>
        new() { AgentSession = session.AgentSession!, Force = force, Columns = session.Columns, Rows = session.Rows };

    private static SessionRecord[] Named(SessionRecord[] ended, string[] names) => [.. names.Select(name => Resumable.Find(ended, name) ?? throw new TetherException(
        ExitCodes.NoSession, $"`{name}` is not exactly one ended session whose agent can resume it; `tether ls --all` lists the ended ones, `tether ls --external` what the agents keep"))];

    // Null: nothing to do.
    private static SessionRecord[]? Picked(SessionRecord[] offered, DateTimeOffset now)
    {
        if (offered.Length == 0)
        {
            StandardStreams.PrintLine("nothing to resume: no agent's session was lost; `tether resume SESSION` resumes any ended one");
            return null;
        }

        Table.Print(Headings, [.. offered.Select((session, index) => Row(session, index + 1, now))]);
        if (!StandardStreams.IsInputTerminal || !StandardStreams.IsOutputTerminal)
        {
            StandardStreams.PrintLine("`tether resume --all` resumes them, `tether resume ID…` some of them");
            return null;
        }

        StandardStreams.Print("Which? Numbers, `all`, or Enter for none: ");
        var answer = Console.In.ReadLine() ?? "";
        var chosen = Choice(answer, offered);
        return chosen.Length == 0 ? null : chosen;
    }

    /// <summary>What numbers, separated by blanks or commas, or `all` choose.</summary>
    /// <exception cref="TetherException">There is something else among them.</exception>
    internal static SessionRecord[] Choice(string answer, SessionRecord[] offered)
    {
        if (answer.Trim() is "all" or "a" or "*")
        {
            return offered;
        }

        return [.. answer.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(word =>
            int.TryParse(word, out var number) && number >= 1 && number <= offered.Length
                ? offered[number - 1]
                : throw new TetherException(ExitCodes.Usage, $"{word} is no number from 1 to {offered.Length}")).Distinct()];
    }

    private static string[] Row(SessionRecord session, int number, DateTimeOffset now) =>
    [
        $"{number}",
        session.Id,
        session.Title,
        session.EndedAt is { } ended ? SessionText.Age(now - ended) : "-",
        string.Join(' ', session.Arguments.Prepend(session.Provider)),
        SessionText.ShortDirectory(session.Directory),
        session.AgentSession ?? "",
    ];
}
