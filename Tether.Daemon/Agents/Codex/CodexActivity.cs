using System.Text.Json;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>What one Codex is up to, over all threads of its server: made of what that tells. Belongs to one loop.</summary>
/// <param name="atStart">What was known before; anything else than an end of work counts as waiting.</param>
internal sealed class CodexActivity(AgentState atStart)
{
    private readonly Dictionary<string, CodexThread> _threads = [];

    // What it is when nothing is being done.
    private AgentState _rest = atStart is AgentState.Done or AgentState.Failed or AgentState.LimitReached or AgentState.LoginNeeded ? atStart : AgentState.Waiting;
    private string _restDetail = "";
    private string _workDetail = "";

    /// <summary>Another server, or the same after a while: nothing is known of its threads.</summary>
    public void Restart() => _threads.Clear();

    public CodexThread Thread(string id) => _threads.TryGetValue(id, out var thread) ? thread : _threads[id] = new CodexThread(id);

    /// <summary>What the server tells of a thread: its `thread` object.</summary>
    public void Meet(JsonElement told)
    {
        if (told.Text("id") is not { } id)
        {
            return;
        }

        var thread = Thread(id);
        thread.IsHidden = told.Flag("ephemeral");
        thread.SubAgent = told.Text("parentThreadId") is not null ? told.Text("agentNickname") ?? told.Text("agentRole") ?? "sub-agent" : null;
        StatusIs(thread, told.Member("status"));
    }

    /// <summary>As <see cref="Meet"/>; from now on the server tells how its turns end.</summary>
    public void Followed(JsonElement told)
    {
        Meet(told);
        if (told.Text("id") is { } id)
        {
            var thread = Thread(id);
            thread.IsFollowed = true;
            thread.Turn ??= thread.IsActive ? "" : null;
        }
    }

    public void Take(string method, JsonElement told)
    {
        if (told.Text("threadId") is not { } id)
        {
            return;
        }

        var thread = Thread(id);
        switch (method)
        {
            case "thread/status/changed":
                StatusIs(thread, told.Member("status"));
                break;
            case "turn/started":
                thread.Turn = told.Member("turn").Text("id");
                _workDetail = "";
                break;
            case "turn/completed":
                (thread.Turn, thread.IsActive, thread.Waits) = (null, false, null);
                Rest(thread, told.Member("turn"));
                break;
            case "item/started" or "item/completed" when told.Member("item").Text("type") == "contextCompaction":
                _workDetail = method == "item/started" ? "compacting" : "";
                break;
            case "error" when told.Flag("willRetry") && !thread.IsHidden:
                _workDetail = $"tries again: {told.Member("error").Text("message")}";
                break;
            case "item/agentMessage/delta" or "item/started":
                _workDetail = "";
                break;
            case "thread/closed" or "thread/deleted":
                _threads.Remove(id);
                break;
        }
    }

    /// <summary>The state now.</summary>
    /// <param name="open">What waits for a person, the oldest first.</param>
    /// <param name="now">For the signal.</param>
    public AgentSignal Signal(IEnumerable<Ask> open, DateTimeOffset now)
    {
        var asks = open.ToList();
        var shown = _threads.Values.Where(thread => !thread.IsHidden).ToList();
        if ((asks.Find(ask => ask.Kind == QueueKind.Approval) ?? asks.FirstOrDefault()) is { } asked)
        {
            return Of(asked.Kind == QueueKind.Approval ? AgentState.NeedsApproval : AgentState.NeedsAnswer, "request", asked.Title);
        }

        return shown.Exists(thread => thread.Waits == "waitingOnApproval") ? Of(AgentState.NeedsApproval, "thread.status", "")
            : shown.Exists(thread => thread.Waits is not null) ? Of(AgentState.NeedsAnswer, "thread.status", "")
            : shown.Exists(thread => thread.IsWorking) ? Of(AgentState.Working, "thread.status", _workDetail)
            : Of(_rest, "turn.completed", _restDetail) with { Until = _rest == AgentState.LimitReached ? UntilText.Parse(_restDetail, now, TimeZoneInfo.Local) : null };

        AgentSignal Of(AgentState state, string rule, string detail) =>
            new() { Source = SignalSource.Protocol, State = state, Rule = $"codex.protocol.{rule}", At = now, Detail = detail };
    }

    private void StatusIs(CodexThread thread, JsonElement status)
    {
        if (status.ValueKind == JsonValueKind.Object)
        {
            var wasActive = thread.IsActive;
            thread.IsActive = status.Text("type") == "active";
            thread.Waits = status.Texts("activeFlags").FirstOrDefault();

            // One that is followed says itself how its turn ended.
            if (wasActive && !thread.IsActive && thread is { Turn: null, IsHidden: false, SubAgent: null })
            {
                (_rest, _restDetail) = (AgentState.Done, "");
            }
        }
    }

    private void Rest(CodexThread thread, JsonElement turn)
    {
        if (thread is not { IsHidden: false, SubAgent: null })
        {
            return;
        }

        var error = turn.Member("error");
        var message = error.Text("message") ?? "";
        (_rest, _restDetail) = turn.Text("status") switch
        {
            "completed" => (AgentState.Done, ""),
            "failed" => error.Text("codexErrorInfo") switch
            {
                "usageLimitExceeded" or "rateLimitExceeded" or "sessionBudgetExceeded" => (AgentState.LimitReached, message),
                "unauthorized" => (AgentState.LoginNeeded, message),
                _ => (AgentState.Failed, message),
            },
            _ => (AgentState.Waiting, ""),
        };
    }
}
