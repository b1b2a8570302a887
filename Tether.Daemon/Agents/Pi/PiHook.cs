using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Pi;

/// <summary>What the extension tells (`event` and what belongs to it), and how it wants to be answered: `{"allow":true,"input":{…}}` or `{"allow":false,"reason":"…"}`.</summary>
internal static class PiHook
{
    /// <exception cref="FormatException">It is nothing that the extension tells.</exception>
    public static HookEffect Read(JsonElement payload, HookContext context)
    {
        var name = payload.Text("event") ?? throw new FormatException("it has no `event`");
        var effect = name switch
        {
            "session_start" => Settling(At(AgentState.Waiting), "pi went to another session"),
            "agent_start" => new HookEffect { Signal = At(AgentState.Working) },
            "agent_end" => Settling(Ended(payload, At), "interrupted"),
            "compact_start" => new HookEffect { Signal = At(AgentState.Working, "compacting") },
            "compact_end" => new HookEffect { Signal = At(payload.Flag("isRunning") ? AgentState.Working : AgentState.Waiting) },
            "tool_call" => Asking(PiAsk.Read(payload, context), At),
            "tool_decided" => Decided(payload, At(AgentState.Working)),
            "session_shutdown" => Settling(At(AgentState.Unknown), "pi ended the session"),
            _ => throw new FormatException($"“{name}” is no event of the extension"),
        };
        return effect with { AgentSession = payload.Text("sessionId") };

        AgentSignal At(AgentState state, string detail = "") =>
            new() { Source = SignalSource.Hook, State = state, Rule = $"pi.hook.{name}", At = context.Now, Detail = detail };
    }

    public static string Write(QueueAnswer answer)
    {
        var isAllowed = answer.Decision == QueueDecision.Allow;
        var output = new JsonObject { ["allow"] = isAllowed };
        if (isAllowed && answer.Input is { } input)
        {
            output["input"] = JsonNode.Parse(input);
        }

        if (!isAllowed && answer.Reason.Length > 0)
        {
            output["reason"] = answer.Reason;
        }

        return output.ToJsonString();
    }

    private static HookEffect Settling(AgentSignal signal, string reason) => new() { Signal = signal, Settles = _ => true, SettledBy = reason };

    private static HookEffect Asking(Ask ask, Func<AgentState, string, AgentSignal> at) =>
        new() { Signal = at(AgentState.NeedsApproval, ask.Title), Ask = ask };

    // What was answered from here needs no second end.
    private static HookEffect Decided(JsonElement payload, AgentSignal signal)
    {
        if (payload.Text("by") is not ("terminal" or "interrupted") || payload.Text("toolCallId") is not { } call)
        {
            return new HookEffect { Signal = signal };
        }

        var isInterrupted = payload.Text("by") == "interrupted";
        var reason = payload.Text("reason") is { Length: > 0 } said && !isInterrupted ? $": {said}" : "";
        return new HookEffect
        {
            Signal = signal,
            Settles = ask => ask.Correlation == call,
            SettledBy = isInterrupted ? "interrupted" : $"answered in the terminal{reason}",
            SettledAs = isInterrupted ? null : payload.Text("decision") == "allow" ? QueueDecision.Allow : QueueDecision.Deny,
        };
    }

    private static AgentSignal Ended(JsonElement payload, Func<AgentState, string, AgentSignal> at)
    {
        var error = payload.Text("error") ?? "";
        return payload.Text("stopReason") switch
        {
            "error" when IsLimit(error) => at(AgentState.LimitReached, error),
            "error" => at(AgentState.Failed, error),
            "aborted" => at(AgentState.Waiting, ""),
            _ => at(AgentState.Done, ""),
        };
    }

    private static bool IsLimit(string error) =>
        error.Contains("429", StringComparison.Ordinal) || error.Contains("rate limit", StringComparison.OrdinalIgnoreCase)
        || error.Contains("usage limit", StringComparison.OrdinalIgnoreCase) || error.Contains("quota", StringComparison.OrdinalIgnoreCase);
}
