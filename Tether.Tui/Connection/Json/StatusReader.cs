using Tether.Protocol.Model;

namespace Tether.Tui.Connection.Json;

/// <summary>Reads <see cref="AgentStatus"/>es for <see cref="HotDecoder"/>.</summary>
internal static class StatusReader
{
    public static AgentStatus Read(ref JsonCursor json)
    {
        json.BeginObject();
        var (state, since, source, rule, detail) = ((AgentState?)null, (DateTimeOffset?)null, (SignalSource?)null, (string?)null, "");
        DateTimeOffset? until = null;
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "state": state = State(json.String()); break;
                case "since": since = json.String() is { } time ? JsonTime.Parse(time) : null; break;
                case "source": source = Source(json.String()); break;
                case "rule": rule = json.String(); break;
                case "detail": detail = json.String() ?? ""; break;
                case "until": until = json.TryNull() ? null : JsonTime.Parse(json.String() ?? ""); break;
                default: json.Skip(); break;
            }
        }

        return state is { } known && since is { } at && source is { } from && rule is not null
            ? new AgentStatus { State = known, Since = at, Source = from, Rule = rule, Detail = detail, Until = until }
            : throw new FormatException("a status lacks a required member");
    }

    public static ApprovalMode Mode(string text) => text switch
    {
        "ask" => ApprovalMode.Ask,
        "edits" => ApprovalMode.AcceptEdits,
        "bypass" => ApprovalMode.Bypass,
        _ => throw new FormatException($"no approval mode: {text}"),
    };

    private static AgentState State(string? text) => text switch
    {
        "unknown" => AgentState.Unknown,
        "starting" => AgentState.Starting,
        "working" => AgentState.Working,
        "needs-approval" => AgentState.NeedsApproval,
        "needs-answer" => AgentState.NeedsAnswer,
        "waiting" => AgentState.Waiting,
        "done" => AgentState.Done,
        "limit" => AgentState.LimitReached,
        "login" => AgentState.LoginNeeded,
        "failed" => AgentState.Failed,
        "exited" => AgentState.Exited,
        "lost" => AgentState.Lost,
        _ => throw new FormatException($"no state of an agent: {text}"),
    };

    private static SignalSource Source(string? text) => text switch
    {
        "protocol" => SignalSource.Protocol,
        "hook" => SignalSource.Hook,
        "program-status" => SignalSource.ProgramStatus,
        "title" => SignalSource.Title,
        "progress" => SignalSource.Progress,
        "prompt" => SignalSource.Prompt,
        "notification" => SignalSource.Notification,
        "screen" => SignalSource.Screen,
        "process" => SignalSource.Process,
        _ => throw new FormatException($"no source of a signal: {text}"),
    };
}
