using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>
/// What Codex' hooks tell. It draws its own prompt only after PermissionRequest has returned; Esc meanwhile ends the hook and the turn. Neither that hook nor
/// what follows it names the use of the tool in common, so tool and command stand for it.
/// </summary>
internal static class CodexHooks
{
    public static HookEffect Read(JsonElement payload, HookContext context)
    {
        var name = payload.Text("hook_event_name") ?? throw new FormatException("no hook_event_name");
        var effect = new HookEffect { AgentSession = payload.Text("session_id") };
        return name switch
        {
            "PermissionRequest" => Asks(),
            "PostToolUse" => effect with { Signal = Signal(AgentState.Working), Finishes = Correlation(payload), SettledAs = QueueDecision.Allow },
            "UserPromptSubmit" => effect with { Signal = Signal(AgentState.Working), Settles = _ => true, SettledAs = QueueDecision.Deny },
            "Stop" => effect with { Signal = Signal(AgentState.Done), Settles = _ => true },
            "Interrupt" => effect with { Signal = Signal(AgentState.Waiting), Settles = _ => true, SettledBy = "interrupted in the terminal", SettledAs = QueueDecision.Deny },
            "PreCompact" => effect with { Signal = Signal(AgentState.Working) with { Detail = "compacting" } },
            "PostCompact" => effect with { Signal = Signal(payload.Text("trigger") == "manual" ? AgentState.Waiting : AgentState.Working) },
            "SessionEnd" => effect with { Settles = _ => true, SettledBy = "the agent ended" },
            _ => effect,
        };

        AgentSignal Signal(AgentState state) => new() { Source = SignalSource.Hook, State = state, Rule = $"codex.hook.{name}", At = context.Now };

        HookEffect Asks()
        {
            var ask = ToAsk(payload, context);
            return effect with { Ask = ask, HoldsPromptBack = true, Signal = Signal(AgentState.NeedsApproval) with { Detail = ask.Title } };
        }
    }

    public static string? Write(QueueAnswer answer) => answer.Decision switch
    {
        QueueDecision.Allow => Decision(new JsonObject { ["behavior"] = "allow" }),
        QueueDecision.Deny => Decision(new JsonObject { ["behavior"] = "deny", ["message"] = answer.Reason.Length > 0 ? answer.Reason : "The user said no." }),
        _ => null,
    };

    private static string Decision(JsonObject decision) =>
        new JsonObject { ["hookSpecificOutput"] = new JsonObject { ["hookEventName"] = "PermissionRequest", ["decision"] = decision } }.ToJsonString();

    private static Ask ToAsk(JsonElement payload, HookContext context)
    {
        var tool = payload.Text("tool_name") ?? throw new FormatException("no tool_name");
        var input = payload.Member("tool_input");
        var command = input.Text("command") ?? "";
        var directory = payload.Text("cwd") is ['/', ..] and var cwd ? cwd : context.Session.Directory;
        var ask = new Ask
        {
            Session = context.Session.Id,
            Key = context.Key,
            Kind = QueueKind.Approval,
            Title = tool,
            Tool = tool,
            Directory = directory,
            Detail = input.Text("description") ?? "",
            Input = input.ValueKind == JsonValueKind.Undefined ? null : input.GetRawText(),
            Way = AnswerWay.Protocol,
            TakesReason = true,
            Correlation = Correlation(payload),
        };
        return tool switch
        {
            "Bash" => ask with { ToolClass = ToolClass.Command, Command = command, Title = $"Bash: {command}" },
            "apply_patch" => Edits(CodexPatch.Read(command, directory)),
            _ => ask with { Detail = ask.Detail.Length > 0 ? ask.Detail : ask.Input ?? "" },
        };

        Ask Edits(FileEdit[] edits) => ask with
        {
            ToolClass = ToolClass.Edit,
            Edits = edits,
            Title = $"apply_patch: {string.Join(", ", edits.Select(edit => Path.GetRelativePath(directory, edit.Path)))}",
        };
    }

    private static string Correlation(JsonElement payload) => $"{payload.Text("tool_name")}\n{payload.Member("tool_input").Text("command")}";
}
