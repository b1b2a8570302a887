using Tether.Daemon.Approvals;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Outside;

/// <summary>Sessions as the agents themselves keep them: listed, read, gone on with.</summary>
internal sealed class OutsideApi(ApiRequests requests, SessionView view, ConfinedDirectories directories, IEventLog? events) : IApiModule
{
    private const int UsualSessions = 50, MostSessions = 200, UsualEntries = 200, MostEntries = 2000, UsualMessages = 100, MostMessages = 500;

    private readonly HistorySync? _sync = events is null ? null : new HistorySync(requests, events);

    public IEnumerable<ApiRoute> Routes =>
    [
        Route("GET", "/api/sessions/{id}/usage", ApiScope.Observe, "The tokens that the session has used, its sub-agents included, and what they cost, as far as its agent keeps account.", UsageAsync)
            with { Reply = OutsideJson.Default.UsageAnswer },
        Route("GET", "/api/sessions/{id}/transcript", ApiScope.Observe, "What was said in the session, as its agent keeps it.", TranscriptAsync) with
        {
            Query =
            [
                new("from", "integer", "Only entries from this number on; the last ones without it."),
                new("limit", "integer", $"At most so many: 1–{MostEntries}, {UsualEntries} without it. Fewer come when they are long."),
            ],
            Reply = OutsideJson.Default.TranscriptAnswer,
        },
        Route("POST", "/api/sessions/{id}/sync", ApiScope.Input, "Logs what was said in the session and is not among its events yet as `user_input` and `output` with `is_history`.", SyncAsync) with
        {
            Query = [new("force", "boolean", "From the beginning, also what is logged already.")],
            Reply = OutsideJson.Default.SyncAnswer,
            Refusals = [409, 503],
        },
        Route("POST", "/api/sessions/{id}/resume", ApiScope.Input, "Goes on, in a new session, with what the agent of an ended one had begun.", ResumeAsync) with
        {
            Query = [new("force", "boolean", "Although it seems to run elsewhere.")],
            Reply = SessionsJson.Default.SessionEntry,
            Status = 201,
            Refusals = [409, 503],
        },
        Route("POST", "/api/sessions/attach", ApiScope.Input, "Goes on with a session that an agent keeps, wherever it was started. One that runs here already is the answer itself.", AttachAsync) with
        {
            Body = OutsideJson.Default.AttachBody,
            Reply = SessionsJson.Default.SessionEntry,
            Status = 201,
            Refusals = [409, 503],
        },
        Route("GET", "/api/external-sessions", ApiScope.Observe, "The newest sessions that claude, codex, opencode and pi keep, started here or not.", ListAsync) with
        {
            Query =
            [
                new("directory", "string", "Only in this directory, or below it."),
                new("runner_type", "string", "Only this agent's."),
                new("limit", "integer", $"At most so many: 1–{MostSessions}, {UsualSessions} without it."),
            ],
            Reply = OutsideJson.Default.OutsideEntryArray,
        },
        Route("GET", "/api/external-sessions/{external}/history", ApiScope.Observe, "The end of what was said in a session that an agent keeps.", HistoryAsync) with
        {
            Query =
            [
                new("runner_type", "string", "Whose it is; refused when it is another's."),
                new("limit", "integer", $"At most so many messages: 1–{MostMessages}, {UsualMessages} without it."),
            ],
            Reply = OutsideJson.Default.OutsideHistory,
            Refusals = [409],
        },
    ];

    private static ApiRoute Route(string method, string path, ApiScope scope, string summary, Func<ApiCall, Task> handle) =>
        new() { Method = method, Path = path, Group = "Agents' own records", Scope = scope, Summary = summary, Handle = handle };

    private async Task UsageAsync(ApiCall call)
    {
        var record = view.Record(call.Segment("id"));
        var usage = await UsageOfAsync(call, record).ConfigureAwait(false);
        await call.AnswerAsync(
            new UsageAnswer
            {
                InputTokens = usage?.InputTokens,
                OutputTokens = usage?.OutputTokens,
                CacheReadTokens = usage?.CacheReadTokens,
                CacheWriteTokens = usage?.CacheWriteTokens,
                ReasoningTokens = usage?.ReasoningTokens,
                TotalCostUsd = usage?.CostUsd,
            },
            OutsideJson.Default.UsageAnswer).ConfigureAwait(false);
    }

    private async Task<SessionUsage?> UsageOfAsync(ApiCall call, SessionRecord record)
    {
        try
        {
            return (await AskAsync<UsageReply>(call, new UsageRequest { Session = record.Id }).ConfigureAwait(false)).Usage;
        }
        catch (ApiError e) when (e.Status == 404)
        {
            // A program that is no agent, or an agent that has written nothing yet.
            return null;
        }
    }

    private async Task TranscriptAsync(ApiCall call)
    {
        var from = call.Query("from") is null ? (int?)null : (int)call.Number("from", 0, 0, int.MaxValue);
        var limit = (int)call.Number("limit", UsualEntries, 1, MostEntries);
        var record = view.Record(call.Segment("id"));
        var reply = await AskAsync<TranscriptReply>(call, new TranscriptRequest { Session = record.Id, From = from, Limit = limit }).ConfigureAwait(false);
        await call.AnswerAsync(
            new TranscriptAnswer
            {
                Entries = Array.ConvertAll(reply.Entries, entry => new TranscriptLine
                {
                    Number = entry.Number,
                    Role = NameOf(entry.Role),
                    Text = entry.Text,
                    At = entry.At,
                    Tool = entry.Tool,
                    SubAgent = entry.SubAgent,
                    IsError = entry.IsError,
                }),
                Count = reply.Count,
                Next = reply.Entries is [.., var last] ? last.Number + 1 : Math.Min(from ?? 0, reply.Count),
            },
            OutsideJson.Default.TranscriptAnswer).ConfigureAwait(false);
    }

    private async Task SyncAsync(ApiCall call)
    {
        var isForced = call.Flag("force");
        var record = await view.FreshAsync(call.Segment("id")).ConfigureAwait(false);
        if (record.External is not null)
        {
            throw ApiErrors.Of(ErrorCode.InUse, "an agent without a program logs what it says itself");
        }

        var sync = _sync ?? throw new ApiError(503, ApiError.Unavailable, "this daemon logs no events");
        await call.AnswerAsync(await sync.SyncAsync(call.Caller, record, isForced, call.Aborted).ConfigureAwait(false), OutsideJson.Default.SyncAnswer).ConfigureAwait(false);
    }

    private async Task ResumeAsync(ApiCall call)
    {
        var isForced = call.Flag("force");
        var record = view.Record(call.Segment("id"));
        if (record.State == SessionState.Running)
        {
            throw ApiErrors.Of(ErrorCode.StillRunning, "the session still runs; POST …/start gives its agent the next prompt");
        }

        var id = record.AgentSession ?? throw ApiErrors.Of(ErrorCode.NotRunning, "its agent has not told by which id it knows the session, or it is no agent: nothing is there to go on with");
        await AdoptAsync(call, new AdoptRequest { AgentSession = id, Force = isForced, Columns = record.Columns, Rows = record.Rows }).ConfigureAwait(false);
    }

    private async Task AttachAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(OutsideJson.Default.AttachBody).ConfigureAwait(false);
        if (asked.Platform is { Length: > 0 } platform)
        {
            throw ApiError.Invalid($"the {CleanText.Line(platform, 40)} bridge is not configured: leave platform out, and the session is here without a chat");
        }

        if (asked.RunnerType is { Length: > 0 } runner)
        {
            CheckAgent((await FindAsync(call, asked.ExternalId, 1).ConfigureAwait(false)).Session, runner);
        }

        await AdoptAsync(call, new AdoptRequest { AgentSession = asked.ExternalId, Force = asked.Force, Title = asked.Name }).ConfigureAwait(false);
    }

    private async Task AdoptAsync(ApiCall call, AdoptRequest request)
    {
        var session = (await AskAsync<SessionReply>(call, request).ConfigureAwait(false)).Session;
        await call.AnswerAsync(await view.EntryAsync(call, session).ConfigureAwait(false), SessionsJson.Default.SessionEntry).ConfigureAwait(false);
    }

    private async Task ListAsync(ApiCall call)
    {
        var reply = await AskAsync<ExternalReply>(call, new ExternalRequest
        {
            Agent = call.Query("runner_type") is { } runner ? RunnerNames.AgentOf(runner) : null,
            Directory = call.Query("directory") is { } directory ? directories.Confine(directory) : null,
            Limit = (int)call.Number("limit", UsualSessions, 1, MostSessions),
        }).ConfigureAwait(false);
        await call.AnswerAsync(Array.ConvertAll(reply.Sessions, Entry), OutsideJson.Default.OutsideEntryArray).ConfigureAwait(false);
    }

    private async Task HistoryAsync(ApiCall call)
    {
        var limit = (int)call.Number("limit", UsualMessages, 1, MostMessages);
        var reply = await FindAsync(call, call.Segment("external"), MostEntries).ConfigureAwait(false);
        if (call.Query("runner_type") is { } runner)
        {
            CheckAgent(reply.Session, runner);
        }

        var messages = new List<OutsideMessage>();
        var thoughts = new List<string>();
        foreach (var entry in reply.Entries.Where(entry => entry.SubAgent is null))
        {
            if (entry.Role == TranscriptRole.Thinking)
            {
                thoughts.Add(entry.Text);
            }
            else if (entry.Role is TranscriptRole.User or TranscriptRole.Assistant)
            {
                messages.Add(new OutsideMessage { Role = NameOf(entry.Role), Content = entry.Text, Thinking = thoughts.Count == 0 ? null : string.Join('\n', thoughts), Timestamp = entry.At });
                thoughts.Clear();
            }
        }

        await call.AnswerAsync(new OutsideHistory { Session = Entry(reply.Session), Messages = [.. messages.TakeLast(limit)] }, OutsideJson.Default.OutsideHistory).ConfigureAwait(false);
    }

    private Task<TranscriptReply> FindAsync(ApiCall call, string external, int limit) => AskAsync<TranscriptReply>(call, new TranscriptRequest { Session = external, Limit = limit });

    private Task<T> AskAsync<T>(ApiCall call, Request request)
        where T : Reply => requests.AskAsync<T>(call.Caller, request, call.Aborted);

    private static void CheckAgent(ExternalSession session, string runner)
    {
        if (RunnerNames.AgentOf(runner) != session.Agent)
        {
            throw ApiError.Missing($"{CleanText.Line(runner, 40)} has no session of that id");
        }
    }

    private static OutsideEntry Entry(ExternalSession session) => new()
    {
        Id = session.Id,
        RunnerType = session.Agent,
        Directory = session.Directory,
        Title = session.Title,
        FirstPrompt = session.FirstPrompt,
        LastPrompt = session.LastPrompt,
        CreatedAt = session.CreatedAt,
        LastActivity = session.LastActivity,
        MessageCount = session.Messages,
        IsRunning = session.IsRunning,
        SessionId = session.Session,
    };

    private static string NameOf(TranscriptRole role) => role.ToString().ToLowerInvariant();
}
