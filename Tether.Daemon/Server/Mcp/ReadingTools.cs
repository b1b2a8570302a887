using System.Text.Json.Nodes;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Mcp;

/// <summary>The tools by which an agent that supervises others sees what they do. They change nothing.</summary>
/// <param name="asks">The daemon's own requests.</param>
/// <param name="sessions">Finds them.</param>
/// <param name="log">For outputs.</param>
/// <param name="diff">A session's changes as a unified diff.</param>
internal sealed class ReadingTools(IApiAsks asks, SupervisedSessions sessions, IEventLog log, Func<SessionRecord, CancellationToken, Task<string>> diff)
{
    private const int MostSessions = 200;
    private const int MostEvents = 200;

    private static readonly HashSet<string> Outputs = [EventTypes.Output, EventTypes.Error, EventTypes.SessionState];

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
            Name = "get_session_status",
            Scope = ApiScope.Observe,
            Description = "What a session is up to: its state (RUNNING, AWAITING_INPUT …), its agent's status (working, needs-approval, done …) and what it asks of the human.",
            Parameters = [SupervisedSessions.Parameter],
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
                SupervisedSessions.Parameter,
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
            Parameters = [SupervisedSessions.Parameter, new McpParameter("scrollback", "integer", "Rows above the screen. Default 0.") { Least = 0, Most = 5000 }],
            IsReadOnly = true,
            Call = ScreenAsync,
        },
        new McpTool
        {
            Name = "get_diff",
            Scope = ApiScope.Observe,
            Description = "What has changed in a session's working directory since its last commit, as a unified diff.",
            Parameters = [SupervisedSessions.Parameter],
            IsReadOnly = true,
            Call = DiffAsync,
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

    private async Task<JsonObject> StatusAsync(McpCall call)
    {
        var session = await sessions.FindAsync(call).ConfigureAwait(false);
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
        var session = await sessions.FindAsync(call).ConfigureAwait(false);
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
        var session = await sessions.FindAsync(call).ConfigureAwait(false);
        var reply = await asks.AskAsync<CaptureReply>(call.Caller, new CaptureRequest { Session = session.Id, Scrollback = (int)call.Number("scrollback", 0) }, call.Stop).ConfigureAwait(false);
        return new JsonObject
        {
            ["text"] = McpOutput.Tail(reply.Text.TrimEnd('\n')),
            ["columns"] = reply.Columns,
            ["rows"] = reply.Rows,
            ["cursor"] = new JsonObject { ["row"] = reply.CursorRow, ["column"] = reply.CursorColumn },
        };
    }

    private async Task<JsonObject> DiffAsync(McpCall call)
    {
        var text = await diff(await sessions.FindAsync(call).ConfigureAwait(false), call.Stop).ConfigureAwait(false);
        return new JsonObject { ["diff"] = McpOutput.Head(text) };
    }
}
