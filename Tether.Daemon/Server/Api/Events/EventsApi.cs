using System.Collections.Frozen;
using System.Text.Json;
using Tether.Daemon.Events;
using Tether.Daemon.External;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Api.Events;

/// <summary>What happens to sessions: pushed by external agents, read in pages, polled, and streamed, of one session or of all.</summary>
/// <param name="log">All of it.</param>
/// <param name="agents">Who may push; null while there are none.</param>
/// <param name="find">A session by its id.</param>
/// <param name="clock">The time.</param>
internal sealed class EventsApi(IEventLog log, IExternalAgents? agents, Func<string, SessionRecord?> find, TimeProvider clock) : IApiModule
{
    // A person may take his time; a request that waits longer is asked again.
    private const int LongestDecision = 300;

    private static readonly FrozenSet<string> Pushed = new[] { EventTypes.Output, "status", EventTypes.Error, EventTypes.PermissionRequest }.ToFrozenSet();

    // What an agent without a program waits for.
    private static readonly FrozenSet<string> Polled = new[] { EventTypes.UserInput, EventTypes.PermissionResolved }.ToFrozenSet();

    private readonly EventPages _pages = new(log, clock);

    public IEnumerable<ApiRoute> Routes =>
    [
        new()
        {
            Method = "POST",
            Path = "/api/sessions/{id}/events",
            Group = "Events",
            Scope = ApiScope.Input,
            Summary = "An external agent tells what it does, or asks for a permission. Answered once it is durable.",
            Query = [new("wait", "integer", $"Of a `permission_request`: waits up to so many seconds for the decision, 0–{LongestDecision}; left out: 0.")],
            Body = EventsJson.Default.PushedEvent,
            Reply = EventsJson.Default.PushAnswer,
            Refusals = [409, 503],
            Handle = PushAsync,
        },
        new()
        {
            Method = "GET",
            Path = "/api/sessions/{id}/events",
            Group = "Events",
            Scope = ApiScope.Observe,
            Summary = "A session's events behind a number, oldest first.",
            Query = PageQuery("all", EventPages.UsualLimit),
            Reply = EventsJson.Default.EventsAnswer,
            Refusals = [503],
            Handle = call => _pages.AnswerAsync(call, Find(call).Id, EventQuery.Types(call), EventPages.UsualLimit),
        },
        new()
        {
            Method = "GET",
            Path = "/api/sessions/{id}/events/poll",
            Group = "Events",
            Scope = ApiScope.Observe,
            Summary = "What an external agent waits for: the same, but without `types` only what was said to it and what was decided.",
            Query = PageQuery("`user_input,permission_resolved`", EventPages.PolledLimit),
            Reply = EventsJson.Default.EventsAnswer,
            Refusals = [503],
            Handle = call => _pages.AnswerAsync(call, Find(call).Id, EventQuery.Types(call) ?? Polled, EventPages.PolledLimit),
        },
        new()
        {
            Method = "GET",
            Path = "/api/sessions/{id}/events/stream",
            Group = "Events",
            Scope = ApiScope.Observe,
            Summary = "A session's events as server-sent events, the past ones first: `id:` is `seq`, and `Last-Event-ID` goes on behind it.",
            Query = [EventQuery.SinceSeq, EventQuery.TypesOf("all")],
            Content = ApiRoute.EventStream,
            Refusals = [503],
            Handle = call => StreamAsync(call, "since_seq"),
        },
        new()
        {
            Method = "GET",
            Path = "/api/events/sessions/{id}",
            Group = "Events",
            Scope = ApiScope.Observe,
            Summary = "The same stream under its older path.",
            Query = [new("since", "integer", "As `since_seq`."), EventQuery.TypesOf("all")],
            Content = ApiRoute.EventStream,
            Refusals = [503],
            Handle = call => StreamAsync(call, "since"),
        },
        new()
        {
            Method = "GET",
            Path = "/api/events/stream",
            Group = "Events",
            Scope = ApiScope.Observe,
            Summary = "The events of all sessions as server-sent events: `id:` is the event's `id`, and `Last-Event-ID` goes on behind it.",
            Query = [new("since", "integer", "Only events with a greater `id`; left out: from now on."), EventQuery.TypesOf("all")],
            Content = ApiRoute.EventStream,
            Refusals = [503],
            Handle = call => new EventStream(log, clock, call, null, EventQuery.Types(call)).RunAsync(EventQuery.Cursor(call, "since", log.LastId)),
        },
        new()
        {
            Method = "GET",
            Path = "/api/sessions/{id}/permission/{request}",
            Group = "Events",
            Scope = ApiScope.Observe,
            Summary = "What came of a permission request of an external agent.",
            Query = [new("wait", "integer", $"Waits up to so many seconds for the decision, 0–{LongestDecision}; left out: 0.")],
            Reply = EventsJson.Default.DecisionAnswer,
            Refusals = [409, 503],
            Handle = DecisionAsync,
        },
    ];

    private static ApiParameter[] PageQuery(string types, int usualLimit) =>
    [
        EventQuery.SinceSeq,
        EventQuery.TypesOf(types),
        new("limit", "integer", $"At most so many, 1–{EventPages.MostLimit}; left out: {usualLimit}. A page of large events is shorter."),
        new("wait", "integer", $"When there are none: waits up to so many seconds for one, 0–{EventPages.LongestWait}; left out: 0."),
    ];

    private SessionRecord Find(ApiCall call) => find(call.Segment("id")) ?? throw ApiError.Missing("there is no such session");

    private Task StreamAsync(ApiCall call, string parameter) => new EventStream(log, clock, call, Find(call).Id, EventQuery.Types(call)).RunAsync(EventQuery.Cursor(call, parameter, 0));

    private async Task PushAsync(ApiCall call)
    {
        var session = Find(call);
        var wait = Wait(call);
        var pushed = await call.BodyAsync(EventsJson.Default.PushedEvent, takesMore: true).ConfigureAwait(false);
        if (!Pushed.Contains(pushed.Type))
        {
            throw ApiError.Invalid($"type: one of {string.Join(", ", Pushed.Order())}");
        }

        var data = pushed.Data.ValueKind switch
        {
            JsonValueKind.Object => pushed.Data,
            JsonValueKind.Undefined or JsonValueKind.Null => JsonElement.Parse("{}"),
            _ => throw ApiError.Invalid("data: a JSON object"),
        };
        var external = External(session);
        PushAnswer answer;
        if (pushed.Type == EventTypes.PermissionRequest)
        {
            var request = await external.AskAsync(session.Id, data, call.Caller).ConfigureAwait(false);
            answer = new PushAnswer { RequestId = request, Decision = wait > TimeSpan.Zero ? await external.DecisionAsync(session.Id, request, wait, call.Aborted).ConfigureAwait(false) : null };
        }
        else
        {
            answer = new PushAnswer { Seq = (await external.PushAsync(session.Id, pushed.Type, data, call.Caller).ConfigureAwait(false)).Seq };
        }

        await call.AnswerAsync(answer, EventsJson.Default.PushAnswer).ConfigureAwait(false);
    }

    private async Task DecisionAsync(ApiCall call)
    {
        var session = Find(call);
        var request = call.Segment("request");
        var decision = await External(session).DecisionAsync(session.Id, request, Wait(call), call.Aborted).ConfigureAwait(false);
        await call.AnswerAsync(new DecisionAnswer { RequestId = request, Resolved = decision is not null, Decision = decision }, EventsJson.Default.DecisionAnswer).ConfigureAwait(false);
    }

    private IExternalAgents External(SessionRecord session) => session.External is not null && agents is not null
        ? agents
        : throw new ApiError(409, ApiError.InvalidState, "this session has a program, which speaks for itself; only external agents push events");

    private static TimeSpan Wait(ApiCall call) => TimeSpan.FromSeconds(call.Number("wait", 0, 0, LongestDecision));
}
