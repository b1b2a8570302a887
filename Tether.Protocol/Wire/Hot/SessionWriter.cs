using Tether.Protocol.Model;

namespace Tether.Protocol.Wire.Hot;

/// <summary>Writes <see cref="SessionRecord"/>s and what belongs to them. As the serialiser does: every member but those that are null.</summary>
internal static class SessionWriter
{
    public static JsonText Members(JsonText json, SessionRecord session)
    {
        json.Member("id", session.Id)
            .Member("title", session.Title)
            .Member("programTitle", session.ProgramTitle)
            .Member("provider", session.Provider)
            .Member("arguments", session.Arguments)
            .Member("directory", session.Directory)
            .Member("workingDirectory", session.WorkingDirectory)
            .Member("state", ModelNames.Of(session.State))
            .Member("processId", session.ProcessId)
            .Member("columns", session.Columns)
            .Member("rows", session.Rows)
            .Member("createdAt", session.CreatedAt)
            .Member("lastOutputAt", session.LastOutputAt)
            .Member("endedAt", session.EndedAt)
            .Member("exitCode", session.ExitCode)
            .Member("signal", session.Signal)
            .Member("endReason", session.EndReason)
            .Member("offset", session.Offset)
            .Member("controller", session.Controller)
            .Member("viewers", session.Viewers)
            .Member("hasJournalHole", session.HasJournalHole)
            .Member("lastLine", session.LastLine)
            .Member("outputRow", session.OutputRow)
            .Member("tags", session.Tags)
            .Member("progress", session.Progress)
            .Member("bellAt", session.BellAt);
        if (session.Status is { } status)
        {
            Members(json.BeginObject("status"), status).EndObject();
        }

        json.Member("agentSession", session.AgentSession)
            .Member("approval", ModelNames.Of(session.Approval))
            .Member("hasDraft", session.HasDraft);
        if (session.External is { } agent)
        {
            Members(json.BeginObject("external"), agent).EndObject();
        }

        return json.Member("waitingSends", session.WaitingSends);
    }

    public static JsonText Members(JsonText json, AgentStatus status) => json
        .Member("state", ModelNames.Of(status.State))
        .Member("since", status.Since)
        .Member("source", ModelNames.Of(status.Source))
        .Member("rule", status.Rule)
        .Member("detail", status.Detail)
        .Member("until", status.Until);

    public static JsonText Members(JsonText json, ExternalAgent agent) => json
        .Member("name", agent.Name)
        .Member("type", agent.Type)
        .Member("icon", agent.Icon)
        .Member("workspace", agent.Workspace);
}
