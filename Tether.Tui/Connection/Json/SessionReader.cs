using System.Text.Json;
using Tether.Protocol.Model;

namespace Tether.Tui.Connection.Json;

/// <summary>Reads <see cref="SessionRecord"/>s for <see cref="HotDecoder"/>.</summary>
internal static class SessionReader
{
    public static List<SessionRecord> ReadAll(ref Utf8JsonReader reader)
    {
        var sessions = new List<SessionRecord>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            sessions.Add(Read(ref reader) ?? throw new JsonException("a session lacks a required member"));
        }

        return sessions;
    }

    /// <summary>Null when a required member is missing.</summary>
    public static SessionRecord? Read(ref Utf8JsonReader reader)
    {
        var isComplete = 0;
        var session = new SessionRecord { Id = "", Title = "", Provider = "", Directory = "" };
        while (HotReader.Next(ref reader, out var name))
        {
            isComplete |= name switch { "id" => 1, "title" => 2, "provider" => 4, "directory" => 8, _ => 0 };
            session = With(session, name, ref reader);
        }

        return isComplete == 15 ? session : null;
    }

    private static SessionRecord With(SessionRecord session, string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "id": return session with { Id = reader.GetString()! };
            case "title": return session with { Title = reader.GetString()! };
            case "programTitle": return session with { ProgramTitle = reader.GetString()! };
            case "provider": return session with { Provider = reader.GetString()! };
            case "arguments": return session with { Arguments = Strings(ref reader) };
            case "directory": return session with { Directory = reader.GetString()! };
            case "workingDirectory": return session with { WorkingDirectory = reader.GetString() };
            case "state": return session with { State = State(reader.GetString()!) };
            case "processId": return session with { ProcessId = reader.GetInt32() };
            case "columns": return session with { Columns = reader.GetInt32() };
            case "rows": return session with { Rows = reader.GetInt32() };
            case "createdAt": return session with { CreatedAt = reader.GetDateTimeOffset() };
            case "lastOutputAt": return session with { LastOutputAt = reader.GetDateTimeOffset() };
            case "endedAt": return session with { EndedAt = IsNull(reader) ? null : reader.GetDateTimeOffset() };
            case "exitCode": return session with { ExitCode = IsNull(reader) ? null : reader.GetInt32() };
            case "signal": return session with { Signal = IsNull(reader) ? null : reader.GetInt32() };
            case "endReason": return session with { EndReason = reader.GetString() };
            case "offset": return session with { Offset = reader.GetInt64() };
            case "controller": return session with { Controller = reader.GetString() };
            case "viewers": return session with { Viewers = reader.GetInt32() };
            case "hasJournalHole": return session with { HasJournalHole = reader.GetBoolean() };
            case "lastLine": return session with { LastLine = reader.GetString()! };
            default:
                reader.Skip();
                return session;
        }
    }

    private static bool IsNull(in Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null;

    private static SessionState State(string text) => text switch
    {
        "running" => SessionState.Running,
        "exited" => SessionState.Exited,
        "lost" => SessionState.Lost,
        _ => throw new JsonException($"no session state is called {text}"),
    };

    private static string[] Strings(ref Utf8JsonReader reader)
    {
        var strings = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            strings.Add(reader.GetString()!);
        }

        return [.. strings];
    }
}
