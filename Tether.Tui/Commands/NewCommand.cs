using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether new`: an agent in a session that nobody is attached to, with its first prompt.</summary>
internal static class NewCommand
{
    public const string Name = "new";

    public const string Examples = """
        tether new                                       codex, here, and its id
        tether new ~/api -a claude -m "fix the tests"    claude, there, with something to do
        tether new . -a opencode -m - < prompt.md        the prompt from standard input

        The prompt is typed once the agent takes one. Where it asks something first (as whether the folder is trusted), that stands in the queue, the prompt is not
        sent, and the status is 4.
        """;

    // An agent that has not drawn its composer by then is asking something that nobody understood.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Build()
    {
        var directory = new Argument<string?>("directory") { Description = "Where it works; else here", Arity = ArgumentArity.ZeroOrOne };
        var agent = new Option<string>("--agent", "-a") { Description = "codex, claude, opencode, pi, or another provider", DefaultValueFactory = _ => "codex" };
        var message = new Option<string?>("--message", "-m") { Description = "The first prompt; `-` reads it from standard input" };
        var title = new Option<string?>("--title") { Description = "What to call the session" };
        var approval = new Option<string?>("--approval") { Description = "What it may do unasked: ask, edits or bypass (else TETHER_APPROVAL)" };
        var json = CommandParts.Json();
        var command = new Command(Name, "Start an agent in a new session without attaching, and give it its first prompt") { directory, agent, message, title, approval, json };
        command.SetAction(result => Run(
            new CreateRequest
            {
                Provider = result.GetRequiredValue(agent),
                Directory = Path.GetFullPath(result.GetValue(directory) ?? "."),
                Environment = ClientEnvironment.All(without: ClientEnvironment.SessionVariable),
                FileLimit = ClientEnvironment.FileLimit(),
                Umask = ClientEnvironment.FileModeMask(),
                Title = result.GetValue(title),
                Approval = result.GetValue(approval) is { } mode ? ModeCommand.Parse(mode) : null,
            },
            result.GetValue(message) is "-" ? Console.In.ReadToEnd().TrimEnd('\n') : result.GetValue(message),
            result.GetValue(json)));
        return command;
    }

    private static int Run(CreateRequest create, string? message, bool isJson)
    {
        using var daemon = Connector.OpenClient();
        var session = daemon.Ask<SessionReply>(create).Session;
        if (isJson)
        {
            Json.Print(session, WireJson.Default.SessionRecord);
        }
        else
        {
            StandardStreams.PrintLine($"{session.Id} {session.Title}");
        }

        if (string.IsNullOrEmpty(message))
        {
            return ExitCodes.Done;
        }

        session = UntilReady(daemon, session.Id);
        if (!TakesPrompt(session))
        {
            StandardStreams.Complain($"the prompt was not sent: {Reason(session)}; `tether input {session.Id} …` sends it later");
            return ExitCodes.WrongState;
        }

        var reply = daemon.Ask<InputReply>(new InputRequest { Session = session.Id, Text = message, Enter = true, Follow = true });
        if (reply.Receipt is SendReceipt.Unconfirmed or SendReceipt.Rejected)
        {
            StandardStreams.Complain($"{reply.Reason ?? "it is not known whether the prompt arrived"}; `tether capture {session.Id}` shows what is there");
            return ExitCodes.Failure;
        }

        return ExitCodes.Done;
    }

    // An agent that begins to wait for its prompt has just drawn where it is typed, and then prints nothing.
    private static SessionRecord UntilReady(DaemonClient daemon, string id)
    {
        var end = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var session = Array.Find(daemon.Ask<SessionsReply>(new ListRequest { All = true }).Sessions, one => one.Id == id)
                ?? throw new TetherException(ExitCodes.NoSession, $"session {id} has been deleted");
            var left = end - TimeProvider.System.GetUtcNow();
            if (IsSettled(session) || left <= TimeSpan.Zero)
            {
                return session;
            }

            daemon.Ask<WaitReply>(new WaitRequest { Session = id, For = "idle", IdleSeconds = 0.3, TimeoutSeconds = left.TotalSeconds });
        }
    }

    private static bool IsSettled(SessionRecord session) =>
        session.State != SessionState.Running || session.Status is null || session.Status.State is not (AgentState.Starting or AgentState.Unknown or AgentState.Working);

    private static bool TakesPrompt(SessionRecord session) =>
        session is { State: SessionState.Running, Status: null or { State: AgentState.Waiting or AgentState.Done } };

    private static string Reason(SessionRecord session) => session switch
    {
        { State: not SessionState.Running } => $"the program has ended ({session.EndReason ?? $"status {session.ExitCode}"})",
        { Status.State: AgentState.NeedsApproval or AgentState.NeedsAnswer or AgentState.LoginNeeded } => $"the agent asks something first ({session.Status.Detail}); `tether queue` shows it",
        _ => $"the agent was not ready within {Patience.TotalSeconds} seconds",
    };
}
