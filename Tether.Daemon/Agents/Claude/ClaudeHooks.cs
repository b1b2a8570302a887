using System.Text.Json;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Claude;

/// <summary>
/// What Claude's hooks tell. Its dialog is drawn while PermissionRequest runs, and a choice there ends no hook: what follows tells that the question is over.
/// Hooks of sub-agents carry `agent_id` and run beside those of the main agent, so each only settles its own.
/// </summary>
internal static class ClaudeHooks
{
    public static HookEffect Read(JsonElement payload, HookContext context)
    {
        var name = payload.Text("hook_event_name") ?? throw new FormatException("no hook_event_name");
        var effect = new HookEffect { AgentSession = payload.Text("session_id") };
        return name switch
        {
            "PermissionRequest" => Asks(effect, payload, context),
            "PostToolUse" or "PostToolUseFailure" => effect with
            {
                Signal = Signal(AgentState.Working),
                Finishes = Correlation(payload),
                SettledAs = payload.Text("tool_name") == ClaudeTools.Question ? QueueDecision.Answer : QueueDecision.Allow,
            },
            // A finished sub-agent is told to the main one as if it were a prompt.
            "UserPromptSubmit" when payload.Text("prompt")?.StartsWith("<task-notification>", StringComparison.Ordinal) is true => effect with { Signal = Signal(AgentState.Working) },
            "UserPromptSubmit" => effect with { Signal = Signal(AgentState.Working), Settles = IsOf(payload), SettledAs = QueueDecision.Deny },
            "Stop" => effect with { Signal = Signal(HasRunningTasks(payload) ? AgentState.Working : AgentState.Done), Settles = IsOf(payload) },
            "StopFailure" => effect with { Signal = Failure(payload), Settles = IsOf(payload), SettledBy = "the turn failed" },
            "SubagentStop" => effect with { Settles = IsOf(payload), SettledBy = "the sub-agent ended" },
            "PreCompact" => effect with { Signal = Signal(AgentState.Working) with { Detail = "compacting" } },
            "PostCompact" => effect with { Signal = Signal(payload.Text("trigger") == "manual" ? AgentState.Waiting : AgentState.Working) },
            "SessionStart" => effect with { Signal = payload.Text("source") == "compact" ? null : Signal(AgentState.Waiting) },
            "SessionEnd" => effect with { Settles = _ => true, SettledBy = "the agent ended" },
            _ => effect,
        };

        AgentSignal Signal(AgentState state) => new() { Source = SignalSource.Hook, State = state, Rule = $"claude.hook.{name}", At = context.Now };

        AgentSignal Failure(JsonElement failure) => Signal(failure.Text("error") switch
        {
            "rate_limit" or "billing_error" => AgentState.LimitReached,
            "authentication_failed" or "oauth_org_not_allowed" => AgentState.LoginNeeded,
            _ => AgentState.Failed,
        }) with { Detail = failure.Text("last_assistant_message") ?? "" };

        HookEffect Asks(HookEffect asking, JsonElement request, HookContext around)
        {
            var ask = ToAsk(request, around);
            var state = ask.Kind == QueueKind.Approval ? AgentState.NeedsApproval : AgentState.NeedsAnswer;
            return asking with { Ask = ask, Signal = Signal(state) with { Detail = ask.Title } };
        }
    }

    private static Ask ToAsk(JsonElement payload, HookContext context)
    {
        var tool = payload.Text("tool_name") ?? throw new FormatException("no tool_name");
        var input = payload.Member("tool_input");
        if (input.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("no tool_input");
        }

        var directory = payload.Text("cwd") is ['/', ..] and var cwd ? cwd : context.Session.Directory;
        var ask = new Ask
        {
            Session = context.Session.Id,
            Key = context.Key,
            Kind = QueueKind.Approval,
            Title = tool,
            Tool = tool,
            SubAgent = payload.Text("agent_id") is null ? null : payload.Text("agent_type") ?? "sub-agent",
            Directory = directory,
            Input = input.GetRawText(),
            Way = AnswerWay.Protocol,
            TakesReason = true,
            TakesInput = true,
            AgentAlways = ClaudeOffers.Of(payload),
            Correlation = Correlation(payload),
        };
        return ClaudeTools.Describe(ask, tool, input, directory);
    }

    // PermissionRequest has no tool_use_id, but the events after it repeat tool and input as they were.
    private static string Correlation(JsonElement payload) =>
        $"{payload.Text("agent_id")}\n{payload.Text("tool_name")}\n{payload.Member("tool_input") switch { { ValueKind: JsonValueKind.Undefined } => "", var input => input.GetRawText() }}";

    private static Func<Ask, bool> IsOf(JsonElement payload)
    {
        var agent = payload.Text("agent_id") + "\n";
        return ask => ask.Correlation.StartsWith(agent, StringComparison.Ordinal);
    }

    private static bool HasRunningTasks(JsonElement payload) =>
        payload.Items("background_tasks").Any(task => task.Text("type") == "subagent" && task.Text("status") == "running");
}
