using System.Text.Json.Nodes;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Mcp;

/// <summary>A session as tools and resources tell of it.</summary>
internal static class McpSessions
{
    public static JsonObject Describe(SessionRecord session)
    {
        var told = new JsonObject
        {
            ["session_id"] = session.Id,
            ["name"] = session.Title,
            ["agent"] = session.External?.Type ?? session.Provider,
            ["state"] = SessionStates.Of(session),
            ["status"] = session.Status is { } status ? RuleEntry.NameOf(status.State) : null,
            ["detail"] = session.Status is { Detail.Length: > 0 } detailed ? detailed.Detail : null,
            ["directory"] = session.Directory,
            ["created_at"] = McpOutput.Time(session.CreatedAt),
            ["last_activity_at"] = McpOutput.Time(session.LastOutputAt),
            ["ended_at"] = McpOutput.Time(session.EndedAt),
            ["exit_code"] = session.ExitCode,
            ["end_reason"] = session.EndReason,
            ["last_line"] = session.LastLine?.Trim(),
            ["is_external"] = session.External is null ? null : true,
        };
        foreach (var name in told.Where(pair => pair.Value is null).Select(pair => pair.Key).ToArray())
        {
            told.Remove(name);
        }

        return told;
    }

    /// <summary>It waits for nobody but its user: nothing is being done.</summary>
    public static bool IsIdle(SessionRecord session) => session.State != SessionState.Running
        || session.Status is { State: AgentState.Waiting or AgentState.Done or AgentState.Failed or AgentState.LimitReached or AgentState.LoginNeeded };

    /// <summary>It stands still until a person has answered something.</summary>
    public static bool NeedsHuman(SessionRecord session) => session.Status is { State: AgentState.NeedsApproval or AgentState.NeedsAnswer };
}
