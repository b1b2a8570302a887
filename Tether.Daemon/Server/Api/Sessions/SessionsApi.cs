using System.Text.Json;
using Tether.Daemon.Agents;
using Tether.Daemon.External;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>Sessions: found, made, steered and ended.</summary>
internal sealed class SessionsApi : IApiModule
{
    private const int MostKeys = 100;

    private readonly ApiRequests _requests;
    private readonly SessionView _view;
    private readonly SessionListing _listing;
    private readonly SessionCreation _creation;
    private readonly SessionAnswers _answers;
    private readonly IExternalAgents? _externals;
    private readonly ProviderList _providers;
    private readonly ApprovalMode _standard;

    public SessionsApi(ApiParts parts, SessionView view, ConfinedDirectories directories)
    {
        (_requests, _view, _externals, _providers, _standard) = (parts.Requests, view, parts.Externals, parts.Providers, parts.Config.Approval);
        _listing = new SessionListing(parts.Table, view, directories);
        _creation = new SessionCreation(parts.Requests, parts.Providers, parts.Externals, directories, parts.IsSupervised);
        _answers = new SessionAnswers(parts.Requests, view);
    }

    public IEnumerable<ApiRoute> Routes =>
    [
        Route("GET", "", ApiScope.Observe, "All sessions, oldest first, those that have ended too.", _listing.ListAsync) with { Query = SessionListing.Parameters, Reply = SessionsJson.Default.SessionEntryArray },
        Route("POST", "", ApiScope.Input, "A new session: of a provider's program, or for an agent that speaks over this API (agent_type).", CreateAsync)
            with { Body = SessionsJson.Default.NewSession, Status = 201, Refusals = [503] },
        Route("GET", "/{id}", ApiScope.Observe, "One session.", async call => await AnswerAsync(call, await _view.FreshAsync(call.Segment("id")).ConfigureAwait(false)).ConfigureAwait(false)),
        Route("DELETE", "/{id}", ApiScope.Admin, "Forgets a session that has ended, and its history. One without a program is ended first; another only with force.", DeleteAsync)
            with { Query = [new("force", "boolean", "End it first.")], Reply = Tokens.TokensJson.Default.Done, Refusals = [409] },
        Route("POST", "/{id}/start", ApiScope.Input, "Gives an agent that waits its next prompt. A mode that is not given stays as it is.", StartAsync) with { Body = SessionsJson.Default.StartSession, Refusals = [409] },
        Route("POST", "/{id}/input", ApiScope.Input, "Says something to the agent: the text is typed and sent, or logged as user_input for one without a program.", InputAsync)
            with { Body = SessionsJson.Default.SessionInput, Refusals = [409] },
        Route("POST", "/{id}/keys", ApiScope.Input, "Presses keys by name.", KeysAsync) with { Body = SessionsJson.Default.SessionKeys, Refusals = [409] },
        Route("POST", "/{id}/interrupt", ApiScope.Input, "Stops what the agent does now, without ending it: one without a program is told by an `interrupt`. One that waits is left as it is.", InterruptAsync) with { Refusals = [409] },
        Route("POST", "/{id}/stop", ApiScope.Input, "Ends the session's program, and answers when it has ended.", StopAsync) with { Body = SessionsJson.Default.SessionStop, Refusals = [409] },
        Route("PATCH", "/{id}/rename", ApiScope.Input, "Gives it another name.", RenameAsync) with { Body = SessionsJson.Default.SessionName },
        Route("PATCH", "/{id}/tags", ApiScope.Input, "Gives it these tags instead of those it has.", TagAsync) with { Body = SessionsJson.Default.SessionTagList },
        Route("PATCH", "/{id}/approval-mode", ApiScope.Approve, "What its agent may do unasked from now on. What is pending stays.", ModeAsync) with { Body = SessionsJson.Default.SessionApprovalMode },
        Route("POST", "/{id}/permission", ApiScope.Approve, "Answers what the session asks. Who comes second gets 404.", _answers.AnswerAsync)
            with { Body = SessionsJson.Default.SessionPermission, Reply = Tokens.TokensJson.Default.Done, Refusals = [409] },
        Route("GET", "/{id}/clients", ApiScope.Observe, "Who is attached.", ClientsAsync) with { Reply = SessionsJson.Default.SessionClientArray },
        new ApiRoute
        {
            Method = "GET",
            Path = "/api/providers",
            Group = "Sessions",
            Scope = ApiScope.Observe,
            Summary = "What sessions can be started with.",
            Reply = SessionsJson.Default.ProviderEntryReplyArray,
            Handle = ProvidersAsync,
        },
    ];

    private static ApiRoute Route(string method, string path, ApiScope scope, string summary, Func<ApiCall, Task> handle) => new()
    {
        Method = method,
        Path = "/api/sessions" + path,
        Group = "Sessions",
        Scope = scope,
        Summary = summary,
        Reply = SessionsJson.Default.SessionEntry,
        Handle = handle,
    };

    private async Task CreateAsync(ApiCall call) => await AnswerAsync(call, await _creation.CreateAsync(call).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task DeleteAsync(ApiCall call)
    {
        var record = _view.Record(call.Segment("id"));
        if (record.State == SessionState.Running && (record.External is not null || call.Flag("force")))
        {
            await AskAsync<SessionReply>(call, new StopRequest { Session = record.Id, Force = call.Flag("force") }).ConfigureAwait(false);
        }

        await AskAsync<OkReply>(call, new DeleteRequest { Session = record.Id }).ConfigureAwait(false);
        await call.AnswerAsync(new Tokens.Done(), Tokens.TokensJson.Default.Done).ConfigureAwait(false);
    }

    private async Task StartAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(SessionsJson.Default.StartSession).ConfigureAwait(false);
        RefuseImages(asked.Images);
        var record = await _view.FreshAsync(call.Segment("id")).ConfigureAwait(false);
        var mode = _creation.ModeOf(asked.ApprovalChoice, call.Caller);
        if (SessionStates.Of(record) is not (SessionStates.Created or SessionStates.AwaitingInput or SessionStates.Error) && record.Status is not null)
        {
            throw ApiErrors.Of(record.State == SessionState.Running ? ErrorCode.InUse : ErrorCode.NotRunning, $"the session is {SessionStates.Of(record)}; a prompt starts one that is CREATED, AWAITING_INPUT or ERROR (POST …/resume goes on with one that has ended)");
        }

        if (mode is { } given && given != record.Approval)
        {
            if (!call.Caller.May(ApiScope.Approve))
            {
                throw new ApiError(403, ApiError.Forbidden, "another approval mode needs the scope approve");
            }

            await AskAsync<SessionReply>(call, new ApprovalModeRequest { Session = record.Id, Mode = given }).ConfigureAwait(false);
        }

        await AnswerAsync(call, record, asked.Prompt.Length == 0 ? null : await SayAsync(call, record, new SessionInput { Text = asked.Prompt }).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task InputAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(SessionsJson.Default.SessionInput).ConfigureAwait(false);
        RefuseImages(asked.Images);
        if (asked.Text.Length == 0)
        {
            throw ApiError.Invalid("text: at least one character");
        }

        if (asked.WaitS is not (>= 0 and <= 60))
        {
            throw ApiError.Invalid("wait_s: 0–60 seconds");
        }

        var record = _view.Record(call.Segment("id"));
        await AnswerAsync(call, record, await SayAsync(call, record, asked).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task<string> SayAsync(ApiCall call, SessionRecord record, SessionInput input)
    {
        if (record.State != SessionState.Running)
        {
            throw SessionEnded();
        }

        if (record.External is not null)
        {
            await (_externals ?? throw SessionEnded()).SayAsync(record.Id, input.Text, call.Caller.Name, "api").ConfigureAwait(false);
            return "submitted";
        }

        var request = new InputRequest { Session = record.Id, Text = input.Text, Enter = true, Take = input.Take, Append = input.Append, WaitSeconds = input.WaitS };
        return (await AskAsync<InputReply>(call, request).ConfigureAwait(false)).Receipt;
    }

    private async Task KeysAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(SessionsJson.Default.SessionKeys).ConfigureAwait(false);
        if (asked.Keys.Length is 0 or > MostKeys || Array.Exists(asked.Keys, key => key is null))
        {
            throw ApiError.Invalid($"keys: 1–{MostKeys} names");
        }

        var record = _view.Record(call.Segment("id"));
        await AskAsync<OkReply>(call, new KeysRequest { Session = record.Id, Keys = asked.Keys, Take = asked.Take }).ConfigureAwait(false);
        await AnswerAsync(call, record).ConfigureAwait(false);
    }

    private async Task InterruptAsync(ApiCall call)
    {
        var record = await _view.FreshAsync(call.Segment("id")).ConfigureAwait(false);
        switch (SessionStates.Of(record))
        {
            case SessionStates.AwaitingInput:
                break;
            case SessionStates.Running when record.External is null:
                // Agents stop their turn on Esc; Ctrl-C would clear the prompt or, pressed twice, quit.
                var isAgent = AgentKinds.Find(record.Provider) is { Provider.IsLoginShell: false };
                await AskAsync<OkReply>(call, new KeysRequest { Session = record.Id, Keys = [isAgent ? "esc" : "ctrl-c"] }).ConfigureAwait(false);
                break;
            case SessionStates.Running:
                await (_externals ?? throw SessionEnded()).InterruptAsync(record.Id, call.Caller.Name, "api").ConfigureAwait(false);
                break;
            case var state:
                throw ApiErrors.Of(ErrorCode.NotRunning, $"the session is {state}; only one that is RUNNING can be interrupted");
        }

        await AnswerAsync(call, record).ConfigureAwait(false);
    }

    private async Task StopAsync(ApiCall call)
    {
        var asked = await call.OptionalBodyAsync(SessionsJson.Default.SessionStop).ConfigureAwait(false);
        var record = _view.Record(call.Segment("id"));
        await AnswerAsync(call, (await AskAsync<SessionReply>(call, new StopRequest { Session = record.Id, Force = asked.Force }).ConfigureAwait(false)).Session).ConfigureAwait(false);
    }

    private async Task RenameAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(SessionsJson.Default.SessionName).ConfigureAwait(false);
        var name = string.Join(' ', asked.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var record = _view.Record(call.Segment("id"));
        await AnswerAsync(call, (await AskAsync<SessionReply>(call, new RenameRequest { Session = record.Id, Title = name }).ConfigureAwait(false)).Session).ConfigureAwait(false);
    }

    private async Task TagAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(SessionsJson.Default.SessionTagList).ConfigureAwait(false);
        var record = _view.Record(call.Segment("id"));
        await AnswerAsync(call, (await AskAsync<SessionReply>(call, new TagRequest { Session = record.Id, Tags = asked.Tags }).ConfigureAwait(false)).Session).ConfigureAwait(false);
    }

    private async Task ModeAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(SessionsJson.Default.SessionApprovalMode).ConfigureAwait(false);
        var record = _view.Record(call.Segment("id"));
        var mode = _creation.ModeOf(asked.ApprovalMode, call.Caller) ?? _standard;
        await AnswerAsync(call, (await AskAsync<SessionReply>(call, new ApprovalModeRequest { Session = record.Id, Mode = mode }).ConfigureAwait(false)).Session).ConfigureAwait(false);
    }

    private async Task ClientsAsync(ApiCall call)
    {
        var record = _view.Record(call.Segment("id"));
        var reply = await AskAsync<ClientsReply>(call, new ClientsRequest { Session = record.Id }).ConfigureAwait(false);
        await call.AnswerAsync(
            Array.ConvertAll(reply.Clients, viewer => new SessionClient
            {
                Client = viewer.Client,
                Mode = viewer.Mode == AttachMode.Control ? "control" : "observe",
                Columns = viewer.Columns,
                Rows = viewer.Rows,
                AttachedAt = viewer.AttachedAt,
            }),
            SessionsJson.Default.SessionClientArray).ConfigureAwait(false);
    }

    private Task ProvidersAsync(ApiCall call)
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        return call.AnswerAsync(
            [.. _providers.All.Select(provider => new ProviderEntryReply
            {
                Name = provider.Name,
                Description = provider.Description,
                Installed = provider.IsLoginShell || ProgramFinder.Find(provider.Program, path, "/").Program is not null,
                Install = provider.Install,
            })],
            SessionsJson.Default.ProviderEntryReplyArray);
    }

    private Task<T> AskAsync<T>(ApiCall call, Request request)
        where T : Reply => _requests.AskAsync<T>(call.Caller, request, call.Aborted);

    private async Task AnswerAsync(ApiCall call, SessionRecord record, string? receipt = null) =>
        await call.AnswerAsync(await _view.EntryAsync(call, record, receipt).ConfigureAwait(false), SessionsJson.Default.SessionEntry).ConfigureAwait(false);

    private static ApiError SessionEnded() => ApiErrors.Of(ErrorCode.NotRunning, "the session has ended; POST …/resume goes on with what its agent had begun");

    private static void RefuseImages(JsonElement[] images)
    {
        if (images.Length > 0)
        {
            throw ApiError.Invalid("images are not taken; save one as a file and name it in the text");
        }
    }
}
