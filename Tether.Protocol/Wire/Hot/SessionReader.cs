using Tether.Protocol.Model;

namespace Tether.Protocol.Wire.Hot;

/// <summary>Reads <see cref="SessionRecord"/>s for <see cref="HotDecoder"/>.</summary>
internal static class SessionReader
{
    public static List<SessionRecord> ReadAll(ref JsonCursor json)
    {
        var sessions = new List<SessionRecord>();
        json.BeginArray();
        while (json.NextElement())
        {
            sessions.Add(Read(ref json) ?? throw new FormatException("a session lacks a required member"));
        }

        return sessions;
    }

    /// <summary>Null when a required member is missing.</summary>
    public static SessionRecord? Read(ref JsonCursor json)
    {
        json.BeginObject();
        var isComplete = 0;
        var session = new SessionRecord { Id = "", Title = "", Provider = "", Directory = "" };
        while (json.NextMember(out var name))
        {
            isComplete |= name switch { "id" => 1, "title" => 2, "provider" => 4, "directory" => 8, _ => 0 };
            session = With(session, name, ref json);
        }

        return isComplete == 15 ? session : null;
    }

    private static SessionRecord With(SessionRecord session, string name, ref JsonCursor json)
    {
        switch (name)
        {
            case "id": return session with { Id = json.Text() };
            case "title": return session with { Title = json.Text() };
            case "programTitle": return session with { ProgramTitle = json.Text() };
            case "provider": return session with { Provider = json.Text() };
            case "arguments": return session with { Arguments = json.Strings() };
            case "directory": return session with { Directory = json.Text() };
            case "workingDirectory": return session with { WorkingDirectory = json.TextOrNull() };
            case "state": return session with { State = ModelNames.Session(json.Text()) };
            case "processId": return session with { ProcessId = json.Number32() };
            case "columns": return session with { Columns = json.Number32() };
            case "rows": return session with { Rows = json.Number32() };
            case "createdAt": return session with { CreatedAt = JsonTime.Parse(json.Text()) };
            case "lastOutputAt": return session with { LastOutputAt = JsonTime.Parse(json.Text()) };
            case "endedAt": return session with { EndedAt = json.TryNull() ? null : JsonTime.Parse(json.Text()) };
            case "exitCode": return session with { ExitCode = json.TryNull() ? null : json.Number32() };
            case "signal": return session with { Signal = json.TryNull() ? null : json.Number32() };
            case "endReason": return session with { EndReason = json.TextOrNull() };
            case "offset": return session with { Offset = json.Number64() };
            case "controller": return session with { Controller = json.TextOrNull() };
            case "viewers": return session with { Viewers = json.Number32() };
            case "hasJournalHole": return session with { HasJournalHole = json.Boolean() };
            case "tags": return session with { Tags = json.Strings() };
            case "progress": return session with { Progress = json.TextOrNull() };
            case "bellAt": return session with { BellAt = json.TryNull() ? null : JsonTime.Parse(json.Text()) };
            case "outputRow": return session with { OutputRow = json.TryNull() ? null : json.Number64() };
            case "lastLine": return session with { LastLine = json.Text() };
            case "status": return session with { Status = json.TryNull() ? null : StatusReader.Read(ref json) };
            case "agentSession": return session with { AgentSession = json.TextOrNull() };
            case "approval": return session with { Approval = ModelNames.Approval(json.Text()) };
            case "hasDraft": return session with { HasDraft = json.Boolean() };
            case "external": return session with { External = json.TryNull() ? null : External(ref json) ?? throw new FormatException("an agent without a name") };
            case "waitingSends": return session with { WaitingSends = json.Number32() };
            default:
                json.Skip();
                return session;
        }
    }

    /// <summary>Null when a required member is missing.</summary>
    public static ExternalAgent? External(ref JsonCursor json)
    {
        var (isComplete, agent) = (false, new ExternalAgent { Name = "" });
        json.BeginObject();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "name": (isComplete, agent) = (true, agent with { Name = json.Text() }); break;
                case "type": agent.Type = json.Text(); break;
                case "icon": agent.Icon = json.Text(); break;
                case "workspace": agent.Workspace = json.Text(); break;
                default: json.Skip(); break;
            }
        }

        return isComplete ? agent : null;
    }
}
