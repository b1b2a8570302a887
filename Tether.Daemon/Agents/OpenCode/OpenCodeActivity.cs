using System.Text.Json;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>What one opencode is up to, of all sessions that it serves: made of the events of its bus. Belongs to one loop.</summary>
/// <param name="atStart">What was known before; anything else than an end of work counts as waiting.</param>
internal sealed class OpenCodeActivity(AgentState atStart)
{
    private const int TooManyRequests = 429;

    private readonly Dictionary<string, JsonElement> _busy = [];
    private readonly Dictionary<string, string> _subAgents = [];
    private readonly HashSet<string> _known = [];

    // What it is when nothing is being done.
    private AgentState _rest = atStart is AgentState.Done or AgentState.Failed or AgentState.LimitReached or AgentState.LoginNeeded ? atStart : AgentState.Waiting;
    private string _restDetail = "";

    /// <summary>Who works in a session that one of the person's own sessions started; null for his own, and for one that is not known.</summary>
    public string? SubAgent(string session) => _subAgents.GetValueOrDefault(session);

    /// <summary>False when nobody has told whose session it is.</summary>
    public bool Knows(string session) => _known.Contains(session);

    /// <summary>What GET /session/status tells: all that are not idle.</summary>
    public void Restart(JsonElement status)
    {
        _busy.Clear();
        if (status.ValueKind == JsonValueKind.Object)
        {
            foreach (var session in status.EnumerateObject().Where(session => session.Value.Text("type") != "idle"))
            {
                Begin(session.Name, session.Value.Clone());
            }
        }
    }

    /// <summary>What GET /session/{id} tells, and `session.created` and `session.updated`.</summary>
    public void Meet(JsonElement session)
    {
        if (session.Text("id") is not { } id)
        {
            return;
        }

        _known.Add(id);
        if (session.Text("parentID") is not null)
        {
            _subAgents[id] = session.Text("title") ?? session.Text("agent") ?? "sub-agent";
        }
    }

    public void Take(string type, JsonElement properties)
    {
        var session = properties.Text("sessionID") ?? "";
        switch (type)
        {
            case "session.created" or "session.updated":
                Meet(properties.Member("info"));
                break;
            case "session.status" when properties.Member("status").Text("type") is "busy" or "retry":
                Begin(session, properties.Member("status").Clone());
                break;
            case "session.status" or "session.idle" or "session.deleted":
                _busy.Remove(session);
                break;
            case "session.error" when SubAgent(session) is null:
                Fail(properties.Member("error"));
                break;
            default:
                break;
        }
    }

    /// <summary>The state now.</summary>
    /// <param name="open">What waits for a person, the oldest first.</param>
    /// <param name="now">For the signal.</param>
    public AgentSignal Signal(IEnumerable<Ask> open, DateTimeOffset now)
    {
        var asks = open.ToList();
        var asked = asks.Find(ask => ask.Kind == QueueKind.Approval) ?? asks.FirstOrDefault();
        if (asked is not null)
        {
            var state = asked.Kind == QueueKind.Approval ? AgentState.NeedsApproval : AgentState.NeedsAnswer;
            return Of(state, state == AgentState.NeedsApproval ? "permission.asked" : "question.asked", asked.Title);
        }

        // One that goes on counts more than one that waits to try again.
        var busy = _busy.Values.OrderBy(status => status.Text("type") == "retry").FirstOrDefault();
        if (busy.Text("type") != "retry")
        {
            return _busy.Count > 0 ? Of(AgentState.Working, "session.status", "") : Of(_rest, "session.idle", _restDetail);
        }

        var message = busy.Text("message") ?? "";
        return IsLimit(message) || busy.Member("action").ValueKind == JsonValueKind.Object
            ? Of(AgentState.LimitReached, "session.retry", message) with { Until = busy.Number("next") is { } next ? DateTimeOffset.FromUnixTimeMilliseconds(next) : null }
            : Of(AgentState.Working, "session.retry", $"tries again: {message}");

        AgentSignal Of(AgentState state, string rule, string detail) =>
            new() { Source = SignalSource.Protocol, State = state, Rule = $"opencode.protocol.{rule}", At = now, Detail = detail };
    }

    private void Begin(string session, JsonElement status)
    {
        _busy[session] = status;
        (_rest, _restDetail) = (AgentState.Done, "");
    }

    private void Fail(JsonElement error)
    {
        var name = error.Text("name") ?? "";
        var data = error.Member("data");
        var message = data.Text("message") ?? name;
        (_rest, _restDetail) = name switch
        {
            "MessageAbortedError" => (AgentState.Waiting, ""),
            "ProviderAuthError" => (AgentState.LoginNeeded, message),
            _ when data.Number("statusCode") == TooManyRequests || IsLimit(message) => (AgentState.LimitReached, message),
            _ => (AgentState.Failed, message),
        };
    }

    private static bool IsLimit(string message) =>
        message.Contains("rate limit", StringComparison.OrdinalIgnoreCase) || message.Contains("usage limit", StringComparison.OrdinalIgnoreCase)
        || message.Contains("too many requests", StringComparison.OrdinalIgnoreCase) || message.Contains("quota", StringComparison.OrdinalIgnoreCase);
}
