using Tether.Protocol.Model;

namespace Tether.Tui.Connection.Json;

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
            case "id": return session with { Id = Text(ref json) };
            case "title": return session with { Title = Text(ref json) };
            case "programTitle": return session with { ProgramTitle = Text(ref json) };
            case "provider": return session with { Provider = Text(ref json) };
            case "arguments": return session with { Arguments = Strings(ref json) };
            case "directory": return session with { Directory = Text(ref json) };
            case "workingDirectory": return session with { WorkingDirectory = json.String() };
            case "state": return session with { State = State(Text(ref json)) };
            case "processId": return session with { ProcessId = json.Int32() };
            case "columns": return session with { Columns = json.Int32() };
            case "rows": return session with { Rows = json.Int32() };
            case "createdAt": return session with { CreatedAt = JsonTime.Parse(Text(ref json)) };
            case "lastOutputAt": return session with { LastOutputAt = JsonTime.Parse(Text(ref json)) };
            case "endedAt": return session with { EndedAt = json.TryNull() ? null : JsonTime.Parse(Text(ref json)) };
            case "exitCode": return session with { ExitCode = json.TryNull() ? null : json.Int32() };
            case "signal": return session with { Signal = json.TryNull() ? null : json.Int32() };
            case "endReason": return session with { EndReason = json.String() };
            case "offset": return session with { Offset = json.Int64() };
            case "controller": return session with { Controller = json.String() };
            case "viewers": return session with { Viewers = json.Int32() };
            case "hasJournalHole": return session with { HasJournalHole = json.Boolean() };
            case "tags": return session with { Tags = Strings(ref json) };
            case "progress": return session with { Progress = json.String() };
            case "bellAt": return session with { BellAt = json.TryNull() ? null : JsonTime.Parse(Text(ref json)) };
            case "outputRow": return session with { OutputRow = json.TryNull() ? null : json.Int64() };
            case "lastLine": return session with { LastLine = Text(ref json) };
            case "status": return session with { Status = json.TryNull() ? null : StatusReader.Read(ref json) };
            case "agentSession": return session with { AgentSession = json.String() };
            case "approval": return session with { Approval = StatusReader.Mode(Text(ref json)) };
            case "hasDraft": return session with { HasDraft = json.Boolean() };
            case "external": return session with { External = json.TryNull() ? null : External(ref json) };
            case "waitingSends": return session with { WaitingSends = json.Int32() };
            default:
                json.Skip();
                return session;
        }
    }

    private static ExternalAgent External(ref JsonCursor json)
    {
        var agent = new ExternalAgent { Name = "" };
        json.BeginObject();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "name": agent = agent with { Name = Text(ref json) }; break;
                case "type": agent.Type = Text(ref json); break;
                case "icon": agent.Icon = Text(ref json); break;
                case "workspace": agent.Workspace = Text(ref json); break;
                default: json.Skip(); break;
            }
        }

        return agent;
    }

    private static SessionState State(string text) => text switch
    {
        "running" => SessionState.Running,
        "exited" => SessionState.Exited,
        "lost" => SessionState.Lost,
        _ => throw new FormatException($"no session state: {text}"),
    };

    private static string[] Strings(ref JsonCursor json)
    {
        var strings = new List<string>();
        json.BeginArray();
        while (json.NextElement())
        {
            strings.Add(Text(ref json));
        }

        return [.. strings];
    }

    private static string Text(ref JsonCursor json) => json.String() ?? throw new FormatException("null where a text must be");
}
