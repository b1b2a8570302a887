using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tether.Daemon.Approvals;
using Tether.Daemon.Events;
using Tether.Daemon.External;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Api.External;

/// <summary>
/// The older API for agents that are no programs: they register, push, ask, and fetch what people say. An agent that gives no cursor is told everything once; the
/// daemon keeps the cursor for it.
/// </summary>
internal sealed class ExternalApi(IExternalAgents agents, IEventLog log, InputCursors cursors, TimeProvider clock) : IApiModule
{
    private const int LongestWait = 60;

    private readonly ExternalSocket _socket = new(agents, log, cursors, clock);

    public IEnumerable<ApiRoute> Routes =>
    [
        Post("/external/sessions", "Registers an agent, and gives it a session.", ExternalJson.Default.RegisterBody, ExternalJson.Default.Registered, Register) with { Status = 201, Refusals = [400, 409, 503] },
        Post("/external/sessions/{id}/output", "Says something.", ExternalJson.Default.OutputBody, ExternalJson.Default.Pushed, call => PushAsync(call, EventTypes.Output)),
        Post("/external/sessions/{id}/status", "Tells what the agent is up to.", ExternalJson.Default.StatusBody, ExternalJson.Default.Pushed, call => PushAsync(call, ExternalPush.Status)),
        Post("/external/sessions/{id}/approval", "Asks for a human. The answer comes as an approval_response.", ExternalJson.Default.ApprovalBody, ExternalJson.Default.AskedReply, AskAsync),
        Get("/external/sessions/{id}/approval/{request}", "Waits for what came of a request.", DecisionAsync) with { Query = [Wait] },
        Get("/external/sessions/{id}/input", "Waits for the next thing that a human said or answered.", InputAsync) with
        {
            Query = [Wait, new ApiParameter("since_seq", "integer", "Only what came behind this event; without, behind what the agent has been told, and each message is told once.")],
        },
        Get("/external/sessions/{id}/ws", "A WebSocket: output, status, error and approval_request from the agent; human_input, approval_response and interrupt to it. Each is `{type, data}`, and each from the agent is answered by an `ack` with its `seq` or `request_id`, or by an `error` with `code` and `message`. A browser offers the subprotocols `tether.external.v1` and `bearer.TOKEN`.", _socket.ServeAsync) with
        {
            Query = [new ApiParameter("since_seq", "integer", "As for input.")],
            Reply = null,
            Content = "application/json; stream",
            Status = 101,
            Refusals = [400, 409],
        },
    ];

    private static ApiParameter Wait => new("timeout", "number", $"Seconds to wait when there is nothing yet, 0–{LongestWait}; without: 0.");

    private static ApiRoute Post(string path, string summary, JsonTypeInfo body, JsonTypeInfo reply, Func<ApiCall, Task> handle) => new()
    {
        Method = "POST", Path = path, Scope = ApiScope.Input, Group = "External agents", Summary = summary, Body = body, Reply = reply, Handle = handle, Refusals = [409, 503],
    };

    private static ApiRoute Get(string path, string summary, Func<ApiCall, Task> handle) => new()
    {
        Method = "GET", Path = path, Scope = ApiScope.Input, Group = "External agents", Summary = summary, Reply = ExternalJson.Default.AgentMessage, Handle = handle, Refusals = [409],
    };

    private async Task Register(ApiCall call)
    {
        var body = await call.BodyAsync(ExternalJson.Default.RegisterBody, takesMore: true).ConfigureAwait(false);
        if (body.Platform is { } platform)
        {
            throw new ApiError(400, "PLATFORM_UNAVAILABLE", $"no bridge to “{CleanText.Line(platform, 40)}” is configured; leave `platform` out, and the session is in the dashboard and in this API");
        }

        var agent = new ExternalAgent
        {
            Name = body.AgentMetadata.Name,
            Type = body.AgentMetadata.Type ?? "custom",
            Icon = body.AgentMetadata.Icon ?? "",
            Workspace = body.AgentMetadata.Workspace ?? "",
        };
        var record = agents.Create(agent, body.SessionName, body.Directory, null, call.Caller);
        await call.AnswerAsync(new Registered(record.Id, null, null), ExternalJson.Default.Registered).ConfigureAwait(false);
    }

    private async Task PushAsync(ApiCall call, string type)
    {
        var data = await call.BodyAsync(ExternalJson.Default.JsonElement).ConfigureAwait(false);
        var logged = await agents.PushAsync(call.Segment("id"), type, data, call.Caller).ConfigureAwait(false);
        await call.AnswerAsync(new Pushed(true, logged.Seq), ExternalJson.Default.Pushed).ConfigureAwait(false);
    }

    private async Task AskAsync(ApiCall call)
    {
        var data = await call.BodyAsync(ExternalJson.Default.JsonElement).ConfigureAwait(false);
        var request = await agents.AskAsync(call.Segment("id"), data, call.Caller).ConfigureAwait(false);
        await call.AnswerAsync(new AskedReply(true, request), ExternalJson.Default.AskedReply).ConfigureAwait(false);
    }

    private async Task DecisionAsync(ApiCall call)
    {
        var id = call.Segment("id");
        var resolved = await agents.DecisionAsync(id, call.Segment("request"), Patience(call), call.Aborted).ConfigureAwait(false);
        var message = resolved is { } data
            ? new AgentMessage { Type = AgentMessages.ApprovalResponse, Data = AgentMessages.Response(data), Seq = null }
            : AgentMessages.None(null);
        await call.AnswerAsync(message, ExternalJson.Default.AgentMessage).ConfigureAwait(false);
    }

    private async Task InputAsync(ApiCall call)
    {
        var id = call.Segment("id");
        agents.Record(id);
        using var patience = new CancellationTokenSource(Patience(call), clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, call.Aborted);
        if (call.Query("since_seq") is not null)
        {
            await call.AnswerAsync(await NextAsync(id, call.Number("since_seq", 0, 0, long.MaxValue), patience.Token, stop.Token).ConfigureAwait(false), ExternalJson.Default.AgentMessage)
                .ConfigureAwait(false);
            return;
        }

        var turn = cursors.Turn(id);
        if (!await TryEnterAsync(turn, patience.Token, stop.Token).ConfigureAwait(false))
        {
            await call.AnswerAsync(AgentMessages.None(cursors.Get(id)), ExternalJson.Default.AgentMessage).ConfigureAwait(false);
            return;
        }

        try
        {
            var message = await NextAsync(id, cursors.Get(id), patience.Token, stop.Token).ConfigureAwait(false);
            await call.AnswerAsync(message, ExternalJson.Default.AgentMessage).ConfigureAwait(false);
            await call.Http.Response.CompleteAsync().ConfigureAwait(false);
            if (!call.Aborted.IsCancellationRequested)
            {
                cursors.Set(id, message.Seq ?? cursors.Get(id));
            }
        }
        finally
        {
            turn.Release();
        }
    }

    // The next message behind a cursor, or that there was none when the patience is over.
    private async Task<AgentMessage> NextAsync(string id, long cursor, CancellationToken patience, CancellationToken stop)
    {
        while (true)
        {
            var page = log.Read(id, cursor, AgentMessages.Types, 1);
            if (page.Events is [var next, ..])
            {
                return AgentMessages.Of(next);
            }

            var hasMore = page.Next > cursor;
            cursor = page.Next;
            if (hasMore)
            {
                continue;
            }

            if (!agents.IsRunning(id))
            {
                throw new ApiError(409, ApiError.InvalidState, $"session {id} is over, and everything has been told");
            }

            try
            {
                await log.WaitAsync(id, cursor, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                return AgentMessages.None(cursor);
            }
        }
    }

    private static async Task<bool> TryEnterAsync(SemaphoreSlim turn, CancellationToken patience, CancellationToken stop)
    {
        // Who has no patience takes a turn that is free.
        if (turn.Wait(0, CancellationToken.None))
        {
            return true;
        }

        try
        {
            await turn.WaitAsync(stop).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
    }

    private static TimeSpan Patience(ApiCall call) => call.Query("timeout") switch
    {
        null => TimeSpan.Zero,
        var text when double.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= LongestWait =>
            TimeSpan.FromSeconds(seconds),
        var text => throw ApiError.Invalid($"timeout={text}: seconds, 0–{LongestWait}"),
    };
}
