using System.Text.Json.Nodes;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Mcp;

/// <summary>The tools by which an agent starts others, speaks to them, waits for them and ends them. None of them answers what a human is asked.</summary>
/// <param name="asks">The daemon's own requests.</param>
/// <param name="sessions">Finds them and waits for them.</param>
/// <param name="agents">For sessions that have no program.</param>
internal sealed class SteeringTools(IApiAsks asks, SupervisedSessions sessions, IExternalAgents agents)
{
    private const double LongestWait = 3600;

    private static readonly string[] Modes = ["ask", "edits", "bypass"];

    public IEnumerable<McpTool> All =>
    [
        new McpTool
        {
            Name = "run_agent",
            Scope = ApiScope.Input,
            Description = "Start a coding agent in a session of its own and give it a prompt. Returns the session. What the agent asks for is asked of the human, not of you. With wait it returns when the agent has finished its turn or stands still for the human.",
            Parameters =
            [
                new McpParameter("prompt", "string", "What it should do; empty to only start it.", IsRequired: true),
                new McpParameter("adapter", "string", "Which agent: codex, claude, opencode, pi, or another provider that is configured. Default codex."),
                new McpParameter("directory", "string", "Where it works: absolute, and there. Default: the home directory."),
                new McpParameter("name", "string", "The session's name, one line of at most 64 characters."),
                new McpParameter("approval_mode", "string", "What it may do unasked. Default: as configured. bypass needs a token of scope admin.") { Values = Modes },
                new McpParameter("wait", "boolean", "Wait until it has finished. Default false."),
                new McpParameter("wait_timeout_s", "number", "Wait at most so long. Default 300.") { Least = 0, Most = LongestWait },
            ],
            Call = RunAsync,
        },
        new McpTool
        {
            Name = "send_followup",
            Scope = ApiScope.Input,
            Description = "Say something to a session's agent, as a human would type it. It waits until nobody's half-typed text is in the way and no question is open. Returns how far it came (receipt).",
            Parameters =
            [
                SupervisedSessions.Parameter,
                new McpParameter("text", "string", "What to say.", IsRequired: true),
                new McpParameter("wait", "boolean", "Wait until the agent has finished. Default false."),
                new McpParameter("wait_timeout_s", "number", "Wait at most so long. Default 300.") { Least = 0, Most = LongestWait },
            ],
            Call = FollowUpAsync,
        },
        new McpTool
        {
            Name = "stop_session",
            Scope = ApiScope.Input,
            Description = "Interrupt what a session's agent is doing (as Esc does; it stays and can be spoken to), or with end: true end its program.",
            Parameters = [SupervisedSessions.Parameter, new McpParameter("end", "boolean", "End the program. Default false: interrupt the turn.")],
            IsDestructive = true,
            Call = StopAsync,
        },
        new McpTool
        {
            Name = "wait_for",
            Scope = ApiScope.Observe,
            Description = "Wait until a session has finished its turn (idle), stands still for the human (human), has ended (exit), or until a text stands on its screen (text). Returns {outcome: idle|human|exit|text|timeout, …the session}.",
            Parameters =
            [
                SupervisedSessions.Parameter,
                new McpParameter("until", "string", "What to wait for. Default idle, which human and exit end too.") { Values = ["idle", "human", "exit", "text"] },
                new McpParameter("pattern", "string", "For text: a regular expression without look-around and back-references."),
                new McpParameter("timeout_s", "number", "At most so long. Default 300.") { Least = 0, Most = LongestWait },
            ],
            IsReadOnly = true,
            Call = WaitForAsync,
        },
    ];

    private async Task<JsonObject> RunAsync(McpCall call)
    {
        var mode = call.TextOrNull("approval_mode") is { } name ? (ApprovalMode?)Array.IndexOf(Modes, name) : null;
        if (mode == ApprovalMode.Bypass && !call.Caller.May(ApiScope.Admin))
        {
            throw new ApiError(403, ApiError.Forbidden, "approval_mode bypass needs a token of scope admin");
        }

        var created = await asks.AskAsync<SessionReply>(
            call.Caller,
            new CreateRequest
            {
                Provider = call.TextOrNull("adapter") ?? "codex",
                Directory = call.TextOrNull("directory"),
                Title = call.TextOrNull("name"),
                Approval = mode,
            },
            call.Stop).ConfigureAwait(false);
        if (call.Text("prompt").Length == 0)
        {
            return McpSessions.Describe(created.Session);
        }

        // A prompt that is typed before there is a composer would be lost.
        var (ready, _) = await sessions.UntilAsync(call, created.Session.Id, (session, _) => McpSessions.IsIdle(session) || McpSessions.NeedsHuman(session), 60).ConfigureAwait(false);
        if (ready.State != SessionState.Running || !McpSessions.IsIdle(ready))
        {
            var told = McpSessions.Describe(ready);
            told["receipt"] = "not-sent";
            told["reason"] = McpSessions.NeedsHuman(ready) ? "the agent asks the human something before it takes a prompt: send it with send_followup once that is answered"
                : ready.State == SessionState.Running ? "the agent was not ready within 60 seconds; send the prompt with send_followup" : "its program has ended";
            return told;
        }

        return await SayAsync(call, ready, call.Text("prompt")).ConfigureAwait(false);
    }

    private async Task<JsonObject> FollowUpAsync(McpCall call) => await SayAsync(call, await sessions.FindAsync(call).ConfigureAwait(false), call.Text("text")).ConfigureAwait(false);

    private async Task<JsonObject> SayAsync(McpCall call, SessionRecord session, string text)
    {
        string receipt;
        string? reason = null;
        var said = 0L;
        if (session.External is not null)
        {
            // Nothing tells that such an agent goes to work: it has finished once it is idle and has told something since.
            said = (await agents.SayAsync(session.Id, text, call.Caller.Name, "mcp").ConfigureAwait(false)).Seq;
            receipt = SendReceipt.Submitted;
        }
        else
        {
            var reply = await asks.AskAsync<InputReply>(call.Caller, new InputRequest { Session = session.Id, Text = text, Enter = true, Follow = true }, call.Stop).ConfigureAwait(false);
            (receipt, reason) = (reply.Receipt, reply.Reason);
        }

        var outcome = "sent";
        if (call.Flag("wait"))
        {
            (session, outcome) = await sessions.UntilAsync(call, session.Id, (one, last) => McpSessions.NeedsHuman(one) || (McpSessions.IsIdle(one) && last > said), call.Number("wait_timeout_s", 300)).ConfigureAwait(false);
            outcome = outcome == "timeout" ? outcome : Outcome(session);
        }

        var told = McpSessions.Describe(session);
        told["receipt"] = receipt;
        told["outcome"] = outcome;
        if (reason is not null)
        {
            told["reason"] = reason;
        }

        return told;
    }

    private async Task<JsonObject> StopAsync(McpCall call)
    {
        var session = await sessions.FindAsync(call).ConfigureAwait(false);
        if (call.Flag("end"))
        {
            var reply = await asks.AskAsync<SessionReply>(call.Caller, new StopRequest { Session = session.Id }, call.Stop).ConfigureAwait(false);
            return McpSessions.Describe(reply.Session);
        }

        if (session.External is null)
        {
            await asks.AskAsync<OkReply>(call.Caller, new KeysRequest { Session = session.Id, Keys = ["escape"] }, call.Stop).ConfigureAwait(false);
        }
        else
        {
            await agents.InterruptAsync(session.Id, call.Caller.Name, "mcp").ConfigureAwait(false);
        }

        var told = McpSessions.Describe(session);
        told["outcome"] = "interrupted";
        return told;
    }

    private async Task<JsonObject> WaitForAsync(McpCall call)
    {
        var until = call.TextOrNull("until") ?? "idle";
        var patience = call.Number("timeout_s", 300);
        if (until == "text")
        {
            return await WaitForTextAsync(call, patience).ConfigureAwait(false);
        }

        var (session, outcome) = await sessions.UntilAsync(
            call, call.Text("session_id"),
            until switch
            {
                "exit" => (one, _) => one.State != SessionState.Running,
                "human" => (one, _) => McpSessions.NeedsHuman(one) || one.State != SessionState.Running,
                _ => (one, _) => McpSessions.IsIdle(one) || McpSessions.NeedsHuman(one),
            },
            patience).ConfigureAwait(false);
        var told = McpSessions.Describe(session);
        told["outcome"] = outcome == "timeout" ? outcome : Outcome(session);
        return told;
    }

    private async Task<JsonObject> WaitForTextAsync(McpCall call, double patience)
    {
        var pattern = call.TextOrNull("pattern") ?? throw ApiError.Invalid("until text wants a pattern");
        var session = await sessions.FindAsync(call).ConfigureAwait(false);
        var reply = await asks.AskAsync<WaitReply>(call.Caller, new WaitRequest { Session = session.Id, For = "text", Pattern = pattern, TimeoutSeconds = Math.Max(patience, 0.001) }, call.Stop).ConfigureAwait(false);
        var told = McpSessions.Describe(reply.Session);
        told["outcome"] = reply.Outcome;
        if (reply.Row is { } row)
        {
            told["row"] = row;
        }

        return told;
    }

    private static string Outcome(SessionRecord session) =>
        session.State != SessionState.Running ? "exit" : McpSessions.NeedsHuman(session) ? "human" : "idle";
}
