using System.Text;
using System.Text.Json;
using Tether.Daemon.Agents.Stores;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>
/// What was said in a session of OpenCode and in those of its sub-agents: parts of messages, in the order in which they came to be complete.
/// Each <see cref="Refresh"/> asks only for what was written since. Owned by the thread that asks.
/// </summary>
internal sealed class OpenCodeTranscript(string path, string session) : Transcript
{
    // Parts of one moment may be committed after a later one was seen.
    private const long SlackMilliseconds = 10_000;

    private readonly List<Place> _places = [];
    private readonly HashSet<Place> _known = [];
    private long _newest;

    public override int Count => _places.Count;

    public override void Refresh()
    {
        using var database = ForeignDatabase.Open(path);
        using var rows = database.Query(
            """
            WITH RECURSIVE family(id) AS (SELECT $session UNION SELECT s.id FROM session s JOIN family f ON s.parent_id = f.id)
            SELECT p.id, json_extract(p.data, '$.type'), json_extract(p.data, '$.state.status'), json_extract(p.data, '$.time.end') IS NOT NULL,
                   json_extract(m.data, '$.role'), json_extract(m.data, '$.time.completed') IS NOT NULL OR json_extract(m.data, '$.error') IS NOT NULL,
                   p.time_updated, json_extract(p.data, '$.synthetic') IS 1
            FROM family f JOIN message m ON m.session_id = f.id JOIN part p ON p.message_id = m.id
            WHERE (p.time_updated >= $since OR m.time_updated >= $since) AND json_valid(p.data) AND json_valid(m.data)
            ORDER BY m.time_created, m.id, p.id
            """,
            ("$session", session), ("$since", _newest - SlackMilliseconds));
        while (rows.Read())
        {
            var (id, type, role) = (rows.GetString(0), rows.IsDBNull(1) ? "" : rows.GetString(1), rows.IsDBNull(4) ? "" : rows.GetString(4));
            _newest = Math.Max(_newest, rows.GetInt64(6));
            if (rows.GetBoolean(7))
            {
                continue;
            }

            switch (type)
            {
                case "text" or "reasoning" when role == "user" || rows.GetBoolean(3) || rows.GetBoolean(5): Add(id, PartKind.Said); break;
                case "tool":
                    var status = rows.IsDBNull(2) ? "" : rows.GetString(2);
                    if (status is not "pending")
                    {
                        Add(id, PartKind.Called);
                    }

                    if (status is "completed" or "error")
                    {
                        Add(id, PartKind.Brought);
                    }

                    break;
                case "file" or "compaction" or "subtask": Add(id, PartKind.Said); break;
            }
        }

        AddErrors(database);
    }

    public override IEnumerable<TranscriptEntry> Read(int from)
    {
        using var database = ForeignDatabase.Open(path);
        for (var number = from; number < _places.Count; number++)
        {
            yield return EntryAt(database, _places[number]) with { Number = number };
        }
    }

    private void AddErrors(ForeignDatabase database)
    {
        using var rows = database.Query(
            "SELECT id FROM message WHERE session_id = $session AND time_updated >= $since AND json_valid(data) AND json_extract(data, '$.error') IS NOT NULL ORDER BY time_created, id",
            ("$session", session), ("$since", _newest - SlackMilliseconds));
        while (rows.Read())
        {
            Add(rows.GetString(0), PartKind.Failed);
        }
    }

    private void Add(string id, PartKind kind)
    {
        var place = new Place(id, kind);
        if (_known.Add(place))
        {
            _places.Add(place);
        }
    }

    private TranscriptEntry EntryAt(ForeignDatabase database, Place place)
    {
        using var rows = place.Kind == PartKind.Failed
            ? database.Query("SELECT data, data, time_created, NULL FROM message WHERE id = $id", ("$id", place.Id))
            : database.Query(
                "SELECT p.data, m.data, p.time_created, CASE WHEN s.id = $session THEN NULL ELSE s.title END "
                + "FROM part p JOIN message m ON m.id = p.message_id JOIN session s ON s.id = p.session_id WHERE p.id = $id",
                ("$id", place.Id), ("$session", session));
        var entries = new EntryList();
        string? subAgent = null;
        if (rows.Read())
        {
            using var part = RecordJson.Parse(Encoding.UTF8.GetBytes(rows.GetString(0)));
            using var message = RecordJson.Parse(Encoding.UTF8.GetBytes(rows.GetString(1)));
            entries.At = RecordJson.FromMilliseconds(rows.GetInt64(2));
            subAgent = rows.IsDBNull(3) ? null : StoreText.OneLine(rows.GetString(3));
            if (part is not null && message is not null)
            {
                Describe(place.Kind, part.RootElement, message.RootElement, entries);
            }
        }

        var entry = entries.Entries.Count > 0
            ? entries.Entries[0]
            : new TranscriptEntry { Number = 0, Role = TranscriptRole.System, Text = "(this was taken back)", At = entries.At };
        return subAgent is null ? entry : entry with { SubAgent = subAgent };
    }

    private static void Describe(PartKind kind, JsonElement part, JsonElement message, EntryList entries)
    {
        var state = part.Of("state");
        switch (kind)
        {
            case PartKind.Called: entries.Add(TranscriptRole.Tool, ToolText.Of(state.Of("input")), part.Text("tool") ?? "tool"); break;
            case PartKind.Brought: entries.Add(TranscriptRole.Result, Result(state), isError: IsFailure(state)); break;
            case PartKind.Failed: entries.Add(TranscriptRole.System, $"{part.Of("error").Text("name")}: {part.Of("error").Of("data").Text("message")}", isError: true); break;
            default: Said(part, message, entries); break;
        }
    }

    private static void Said(JsonElement part, JsonElement message, EntryList entries)
    {
        var role = message.Is("role", "user") ? TranscriptRole.User : TranscriptRole.Assistant;
        switch (part.Text("type"))
        {
            case "text": entries.Add(role, part.Text("text") ?? ""); break;
            case "reasoning": entries.Add(TranscriptRole.Thinking, part.Text("text") ?? ""); break;
            case "file": entries.Add(role, $"[{part.Text("filename") ?? part.Text("mime") ?? "file"}]"); break;
            case "compaction": entries.Add(TranscriptRole.System, "the conversation was compacted"); break;
            case "subtask": entries.Add(TranscriptRole.System, $"sub-agent {part.Text("agent")}: {part.Text("description")}"); break;
        }
    }

    private static string Result(JsonElement state) => state.Text("output") ?? state.Text("error") ?? " ";

    private static bool IsFailure(JsonElement state) =>
        state.Is("status", "error") || (state.Of("metadata").Of("exit") is { ValueKind: JsonValueKind.Number } code && code.GetDouble() != 0);

    private enum PartKind : byte
    {
        Said,
        Called,
        Brought,
        Failed,
    }

    private readonly record struct Place(string Id, PartKind Kind);
}
