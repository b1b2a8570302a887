using System.Text.Json.Nodes;
using Tether.Daemon.Events;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Mcp;

/// <summary>
/// The tools by which an agent supervises others: it starts them, reads them, speaks to them and ends them. None of them answers what a human is asked.
/// </summary>
/// <param name="asks">The daemon's own requests.</param>
/// <param name="agents">For sessions that have no program.</param>
/// <param name="log">For outputs and waits.</param>
/// <param name="diff">A session's changes as a unified diff.</param>
/// <param name="clock">For waits.</param>
internal sealed class SupervisorTools(IApiAsks asks, IExternalAgents agents, IEventLog log, Func<SessionRecord, CancellationToken, Task<string>> diff, TimeProvider clock)
{
    private const int MostSessions = 200;
    private const int MostEvents = 200;
    private const double LongestWait = 3600;

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    private static readonly HashSet<string> Outputs = [EventTypes.Output, EventTypes.Error, EventTypes.SessionState];

    private static readonly string[] Modes = ["ask", "edits", "bypass"];

    private static readonly McpParameter Session = new("session_id", "string", "The session's id.", IsRequired: true);

    public IEnumerable<McpTool> All =>
    [
        new McpTool
        {
            Name = "list_sessions",
            Scope = ApiScope.Observe,
            Description = "The sessions that Tether supervises on this machine: {sessions: [{session_id, name, agent, state, status, directory, last_line, …}], left_out}. The newest first.",
            Parameters =
            [
                new McpParameter("all", "boolean", "Also those that have ended. Default false."),
                new McpParameter("state", "string", "Only those in this state.") { Values = ["CREATED", "RUNNING", "AWAITING_INPUT", "ERROR", "EXITED", "LOST"] },
                new McpParameter("directory", "string", "Only those started in this directory; absolute."),
                new McpParameter("limit", "integer", "At most so many. Default 50.") { Least = 1, Most = MostSessions },
            ],
            IsReadOnly = true,
            Call = ListAsync,
        },
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
            Name = "get_session_status",
            Scope = ApiScope.Observe,
            Description = "What a session is up to: its state (RUNNING, AWAITING_INPUT …), its agent's status (working, needs-approval, done …) and what it asks of the human.",
            Parameters = [Session],
            IsReadOnly = true,
            Call = StatusAsync,
        },
        new McpTool
        {
            Name = "get_session_output",
            Scope = ApiScope.Observe,
            Description = "What an agent has said: {events, next_seq} for agents that registered themselves, and `transcript` (the last turns) for coding agents. Call again with next_seq as since_seq.",
            Parameters =
            [
                Session,
                new McpParameter("since_seq", "integer", "The next_seq of the last call. Default 0.") { Least = 0 },
                new McpParameter("turns", "integer", "Entries of the transcript from its end. Default 20.") { Least = 0, Most = 200 },
            ],
            IsReadOnly = true,
            Call = OutputAsync,
        },
        new McpTool
        {
            Name = "read_screen",
            Scope = ApiScope.Observe,
            Description = "The text that stands on a session's terminal now, as a human would see it.",
            Parameters = [Session, new McpParameter("scrollback", "integer", "Rows above the screen. Default 0.") { Least = 0, Most = 5000 }],
            IsReadOnly = true,
            Call = ScreenAsync,
        },
        new McpTool
        {
            Name = "send_followup",
            Scope = ApiScope.Input,
            Description = "Say something to a session's agent, as a human would type it. It waits until nobody's half-typed text is in the way and no question is open. Returns how far it came (receipt).",
            Parameters =
            [
                Session,
                new McpParameter("text", "string", "What to say.", IsRequired: true),
                new McpParameter("wait", "boolean", "Wait until the agent has finished. Default false."),
                new McpParameter("wait_timeout_s", "number", "Wait at most so long. Default 300.") { Least = 0, Most = LongestWait },
            ],
            Call = FollowUpAsync,
        },
        new McpTool
        {
            Name = "get_diff",
            Scope = ApiScope.Observe,
            Description = "What has changed in a session's working directory since its last commit, as a unified diff.",
            Parameters = [Session],
            IsReadOnly = true,
            Call = DiffAsync,
        },
        new McpTool
        {
            Name = "stop_session",
            Scope = ApiScope.Input,
            Description = "Interrupt what a session's agent is doing (as Esc does; it stays and can be spoken to), or with end: true end its program.",
            Parameters = [Session, new McpParameter("end", "boolean", "End the program. Default false: interrupt the turn.")],
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
                Session,
                new McpParameter("until", "string", "What to wait for. Default idle, which human and exit end too.") { Values = ["idle", "human", "exit", "text"] },
                new McpParameter("pattern", "string", "For text: a regular expression without look-around and back-references."),
                new McpParameter("timeout_s", "number", "At most so long. Default 300.") { Least = 0, Most = LongestWait },
            ],
            IsReadOnly = true,
            Call = WaitForAsync,
        },
    ];

    private async Task<JsonObject> ListAsync(McpCall call)
    {
        var reply = await asks.AskAsync<SessionsReply>(call.Caller, new ListRequest { All = call.Flag("all") }, call.Stop).ConfigureAwait(false);
        var fitting = reply.Sessions
            .Where(session => call.TextOrNull("state") is not { } state || SessionStates.Of(session) == state)
            .Where(session => call.TextOrNull("directory") is not { } directory || session.Directory == directory.TrimEnd('/'))
            .OrderByDescending(session => session.CreatedAt).ToArray();
        var most = (int)call.Number("limit", 50);
        return new JsonObject
        {
            ["sessions"] = new JsonArray([.. fitting.Take(most).Select(session => (JsonNode)McpSessions.Describe(session))]),
            ["left_out"] = Math.Max(0, fitting.Length - most),
        };
    }

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
        var (ready, _) = await UntilAsync(call, created.Session.Id, session => McpSessions.IsIdle(session) || McpSessions.NeedsHuman(session), 60).ConfigureAwait(false);
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

    private async Task<JsonObject> StatusAsync(McpCall call)
    {
        var session = await FindAsync(call).ConfigureAwait(false);
        var queue = await asks.AskAsync<QueueReply>(call.Caller, new QueueRequest { Session = session.Id }, call.Stop).ConfigureAwait(false);
        var told = McpSessions.Describe(session);
        told["asks"] = new JsonArray([.. queue.Items.Where(item => item.Way != AnswerWay.None).Select(item => (JsonNode)new JsonObject
        {
            ["request_id"] = item.Id,
            ["title"] = item.Title,
            ["asked_at"] = McpOutput.Time(item.AskedAt),
        })]);
        return told;
    }

    private async Task<JsonObject> OutputAsync(McpCall call)
    {
        var session = await FindAsync(call).ConfigureAwait(false);
        var told = McpEvents.Write(log.Read(session.Id, (long)call.Number("since_seq", 0), Outputs, MostEvents));
        var turns = (int)call.Number("turns", 20);
        if (session.External is null && turns > 0)
        {
            await AddTranscriptAsync(call, session, turns, told).ConfigureAwait(false);
        }

        return told;
    }

    private async Task AddTranscriptAsync(McpCall call, SessionRecord session, int turns, JsonObject told)
    {
        try
        {
            var reply = await asks.AskAsync<TranscriptReply>(call.Caller, new TranscriptRequest { Session = session.Id, Limit = turns }, call.Stop).ConfigureAwait(false);
            told["transcript"] = McpResources.Transcript(reply);
        }
        catch (ApiError e) when (e.Status is 404 or 409)
        {
            told["transcript_problem"] = e.Message;
        }
    }

    private async Task<JsonObject> ScreenAsync(McpCall call)
    {
        var session = await FindAsync(call).ConfigureAwait(false);
        var reply = await asks.AskAsync<CaptureReply>(call.Caller, new CaptureRequest { Session = session.Id, Scrollback = (int)call.Number("scrollback", 0) }, call.Stop).ConfigureAwait(false);
        return new JsonObject
        {
            ["text"] = McpOutput.Tail(reply.Text.TrimEnd('\n')),
            ["columns"] = reply.Columns,
            ["rows"] = reply.Rows,
            ["cursor"] = new JsonObject { ["row"] = reply.CursorRow, ["column"] = reply.CursorColumn },
        };
    }

    private async Task<JsonObject> FollowUpAsync(McpCall call) => await SayAsync(call, await FindAsync(call).ConfigureAwait(false), call.Text("text")).ConfigureAwait(false);

    private async Task<JsonObject> SayAsync(McpCall call, SessionRecord session, string text)
    {
        string receipt;
        string? reason = null;
        if (session.External is not null)
        {
            await agents.SayAsync(session.Id, text, call.Caller.Name, "mcp").ConfigureAwait(false);
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
            (session, outcome) = await UntilAsync(call, session.Id, one => McpSessions.IsIdle(one) || McpSessions.NeedsHuman(one), call.Number("wait_timeout_s", 300)).ConfigureAwait(false);
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

    private async Task<JsonObject> DiffAsync(McpCall call)
    {
        var text = await diff(await FindAsync(call).ConfigureAwait(false), call.Stop).ConfigureAwait(false);
        return new JsonObject { ["diff"] = McpOutput.Head(text) };
    }

    private async Task<JsonObject> StopAsync(McpCall call)
    {
        var session = await FindAsync(call).ConfigureAwait(false);
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

        var (session, outcome) = await UntilAsync(
            call, call.Text("session_id"),
            until switch
            {
                "exit" => one => one.State != SessionState.Running,
                "human" => one => McpSessions.NeedsHuman(one) || one.State != SessionState.Running,
                _ => one => McpSessions.IsIdle(one) || McpSessions.NeedsHuman(one),
            },
            patience).ConfigureAwait(false);
        var told = McpSessions.Describe(session);
        told["outcome"] = outcome == "timeout" ? outcome : Outcome(session);
        return told;
    }

    private async Task<JsonObject> WaitForTextAsync(McpCall call, double patience)
    {
        var pattern = call.TextOrNull("pattern") ?? throw ApiError.Invalid("until text wants a pattern");
        var session = await FindAsync(call).ConfigureAwait(false);
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

    // Every change of a session's state is an event: the wait ends at one of them.
    private async Task<(SessionRecord Session, string Outcome)> UntilAsync(McpCall call, string reference, Func<SessionRecord, bool> isSo, double seconds)
    {
        var begin = clock.GetUtcNow();
        var end = begin + TimeSpan.FromSeconds(seconds);
        var session = await FindAsync(call, reference).ConfigureAwait(false);
        var seen = log.LastSeq(session.Id);
        session = await FindAsync(call, session.Id).ConfigureAwait(false);
        while (!isSo(session))
        {
            var now = clock.GetUtcNow();
            if (now >= end)
            {
                return (session, "timeout");
            }

            using var patience = new CancellationTokenSource(end - now < SignOfLife ? end - now : SignOfLife, clock);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Stop, patience.Token);
            try
            {
                await log.WaitAsync(session.Id, seen, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!call.Stop.IsCancellationRequested)
            {
                await call.Progress((clock.GetUtcNow() - begin).TotalSeconds, $"{session.Title} is {McpSessions.Describe(session)["status"] ?? "running"}").ConfigureAwait(false);
            }

            seen = log.LastSeq(session.Id);
            session = await FindAsync(call, session.Id).ConfigureAwait(false);
        }

        return (session, "reached");
    }

    private Task<SessionRecord> FindAsync(McpCall call) => FindAsync(call, call.Text("session_id"));

    private async Task<SessionRecord> FindAsync(McpCall call, string reference)
    {
        var reply = await asks.AskAsync<SessionsReply>(call.Caller, new ListRequest { All = true }, call.Stop).ConfigureAwait(false);
        return Array.Find(reply.Sessions, session => session.Id == reference)
            ?? throw ApiError.Missing($"there is no session {reference}; list_sessions names those that there are");
    }
}
