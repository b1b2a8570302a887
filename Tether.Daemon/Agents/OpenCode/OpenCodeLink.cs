using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>
/// Follows one opencode over its HTTP API: what it asks goes into the queue, and answers back. One loop reads its events and owns everything but what is said
/// to be for every thread; it comes back by itself, and then compares what is open there with what is open here.
/// </summary>
internal sealed class OpenCodeLink : IAgentLink
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(250);

    private readonly AgentLinkContext _context;
    private readonly OpenCodeApi _api;
    private readonly OpenCodeAnswers _answers;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    // ---- owned by the loop ----
    private readonly OrderedDictionary<string, OpenRequest> _open = [];
    private readonly OpenCodeActivity _activity;
    private string? _shown;
    private AgentSignal? _told;

    public OpenCodeLink(AgentLinkContext context)
    {
        _context = context;
        _api = new OpenCodeApi(new Uri(context.File.Endpoint!), context.File.Password, context.Clock);
        _answers = new OpenCodeAnswers(_api, _end.Token);
        _activity = new OpenCodeActivity(context.Session.Status?.State ?? AgentState.Unknown);
        _shown = context.Session.AgentSession;
        var loop = new LinkLoop(context, "opencode", ShortestWait)
        {
            Follow = FollowAsync,
            Over = Forget,
            IsAbsence = e => e is HttpRequestException or IOException or TimeoutException or JsonException,
        };
        _loop = Task.Run(() => loop.RunAsync(_end.Token));
    }

    public void Dispose()
    {
        _end.Cancel();
        _loop.ContinueWith(_ => _api.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task FollowAsync(Action connected)
    {
        // While it starts, opencode may take a request and never answer it.
        await _api.Get("/global/health", _end.Token).ConfigureAwait(false);
        var events = _api.Events(_end.Token).GetAsyncEnumerator(_end.Token);
        await using (events.ConfigureAwait(false))
        {
            // The first event says that the stream stands: what happens from now on comes, what happened before is asked for.
            if (!await events.MoveNextAsync().ConfigureAwait(false))
            {
                return;
            }

            await CompareAsync().ConfigureAwait(false);
            connected();
            while (await events.MoveNextAsync().ConfigureAwait(false))
            {
                await TakeAsync(events.Current.Text("type") ?? "", events.Current.Member("properties")).ConfigureAwait(false);
            }
        }
    }

    private async Task CompareAsync()
    {
        _activity.Restart(await _api.Get("/session/status", _end.Token).ConfigureAwait(false));
        var permissions = await _api.Get("/permission", _end.Token).ConfigureAwait(false);
        var questions = await _api.Get("/question", _end.Token).ConfigureAwait(false);
        JsonElement[] pending = [.. permissions.List(), .. questions.List()];
        var ids = pending.Select(request => request.Text("id")).ToHashSet();
        _open.Clear();
        _context.Approvals.Close(
            _context.Session.Id, ask => OpenCodeRequest.IsKey(ask.Key) && !ids.Contains(ask.Key), "it was settled while the daemon was not connected to opencode");
        foreach (var request in pending)
        {
            await OpenAsync(request).ConfigureAwait(false);
        }

        Tell(isNews: true);
    }

    private async Task TakeAsync(string type, JsonElement properties)
    {
        _activity.Take(type, properties);
        var session = properties.Text("sessionID");
        switch (type)
        {
            case "permission.asked" or "question.asked":
                await OpenAsync(properties).ConfigureAwait(false);
                break;
            case "permission.replied" or "question.replied" or "question.rejected":
                Settle(type, properties);
                break;
            case "session.idle" or "session.deleted":
                Drop(session, "interrupted");
                break;
            case "message.updated" when properties.Member("info").Text("role") == "user":
                Show(properties.Member("info").Text("sessionID"));
                break;
            case "session.created" when properties.Member("info") is var info && info.Text("parentID") is null:
                Show(info.Text("id"));
                break;
            default:
                break;
        }

        Tell(isNews: type == "server.heartbeat");
    }

    private async Task OpenAsync(JsonElement request)
    {
        if (request.Text("id") is not { } id || request.Text("sessionID") is not { } session || _open.ContainsKey(id))
        {
            return;
        }

        if (!_activity.Knows(session))
        {
            await MeetAsync(session).ConfigureAwait(false);
        }

        var isQuestion = id.StartsWith(OpenCodeRequest.QuestionKey, StringComparison.Ordinal);
        var ask = isQuestion
            ? OpenCodeRequest.Question(request, _context.Session, _activity.SubAgent(session))
            : OpenCodeRequest.Permission(request, _context.Session, _activity.SubAgent(session));
        if (ask is not null)
        {
            _answers.Asked(session);
            _open[id] = new OpenRequest(session, ask);
            _context.Approvals.Open(ask, answer => _answers.Deliver(id, session, answer));
        }
    }

    private async Task MeetAsync(string session)
    {
        try
        {
            _activity.Meet(await _api.Get($"/session/{Uri.EscapeDataString(session)}", _end.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or JsonException)
        {
            // The question matters more than whose it is.
            _context.Log.AgentNotReached("opencode", _context.Session.Id, e.Message);
        }
    }

    private void Settle(string type, JsonElement properties)
    {
        if (properties.Text("requestID") is not { } id || !_open.Remove(id, out var request) || _answers.IsOurs(id))
        {
            return;
        }

        QueueDecision? decision = type switch
        {
            "question.replied" => QueueDecision.Answer,
            "question.rejected" => QueueDecision.Dismiss,
            _ => properties.Text("reply") switch
            {
                "once" or "always" => QueueDecision.Allow,
                "reject" => QueueDecision.Deny,
                _ => null,
            },
        };
        _context.Approvals.Close(_context.Session.Id, ask => ask.Key == id, _answers.ReasonOf(request.Session, properties.Text("reply")), decision);
    }

    private void Drop(string? session, string reason)
    {
        foreach (var id in _open.Where(request => request.Value.Session == session).Select(request => request.Key).ToList())
        {
            _open.Remove(id);
            _context.Approvals.Close(_context.Session.Id, ask => ask.Key == id, reason);
        }
    }

    // The person writes only into sessions of his own: the one that he wrote into last is the one that he sees.
    private void Show(string? session)
    {
        if (session is not null && session != _shown && _activity.SubAgent(session) is null)
        {
            _shown = session;
            _context.AgentSessionKnown(session);
        }
    }

    private void Tell(bool isNews = false)
    {
        var signal = _activity.Signal(_open.Values.Select(request => request.Ask), _context.Clock.GetUtcNow());
        if (isNews || _told is null || signal != _told with { At = signal.At })
        {
            _told = signal;
            _context.Signal(signal);
        }
    }

    // Nothing is known any more until it answers again.
    private void Forget()
    {
        if (_told is not null)
        {
            _told = null;
            _context.Signal(new AgentSignal
            {
                Source = SignalSource.Protocol,
                State = AgentState.Unknown,
                Rule = "opencode.protocol.lost",
                At = _context.Clock.GetUtcNow(),
            });
        }
    }

    private sealed record OpenRequest(string Session, Ask Ask);
}
