using Microsoft.Data.Sqlite;
using Tether.Daemon.Agents.Stores;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>
/// OpenCode's sessions in `opencode.db`. It tells nobody on disk which of them runs: one counts as running when an opencode works in its directory and it
/// was written to since that began. What a session's prompts are is asked again only when the session has changed.
/// </summary>
internal sealed class OpenCodeStore(StoreHome home) : IAgentStore
{
    private const int MostKept = 20_000;

    private const string Columns = "id, parent_id, directory, title, version, time_created, time_updated";

    private readonly Dictionary<string, Prompts> _prompts = [];

    public string Agent => "opencode";

    /// <summary>How often the prompts of a session were asked for, for tests and measurements.</summary>
    internal int SessionsRead { get; private set; }

    private string Database => Path.Combine(home.OpenCode, "opencode.db");

    public StoreListing List(StoreQuery query) => Ask(database =>
    {
        var sessions = new List<KeptSession>();
        var processes = new DirectoryProcesses("opencode");
        using var rows = database.Query($"SELECT {Columns} FROM session WHERE parent_id IS NULL ORDER BY time_updated DESC");
        while (sessions.Count < query.Limit && rows.Read())
        {
            if (query.Takes(rows.GetString(2)))
            {
                sessions.Add(Session(database, rows, processes));
            }
        }

        return sessions;
    });

    public StoreListing Find(string idOrBeginning) => Ask(database =>
    {
        var sessions = new List<KeptSession>();
        var processes = new DirectoryProcesses("opencode");
        using var rows = database.Query(
            $"SELECT {Columns} FROM session WHERE substr(id, 1, length($id)) = $id ORDER BY (id = $id) DESC, time_updated DESC LIMIT 20", ("$id", idOrBeginning));
        while (rows.Read())
        {
            sessions.Add(Session(database, rows, processes));
        }

        return sessions is [var first, ..] && first.Id == idOrBeginning ? [first] : sessions;
    });

    public IReadOnlyList<RunningSign> Suspects(KeptSession session) => new DirectoryProcesses("opencode").In(session.Directory);

    public Transcript OpenTranscript(KeptSession session) => new OpenCodeTranscript(session.Location, session.Id);

    public SessionUsage? Usage(KeptSession session)
    {
        using var database = ForeignDatabase.Open(session.Location);
        using var rows = database.Query(
            """
            WITH RECURSIVE family(id) AS (SELECT $session UNION SELECT s.id FROM session s JOIN family f ON s.parent_id = f.id)
            SELECT count(*), sum(json_extract(m.data, '$.tokens.input')), sum(json_extract(m.data, '$.tokens.cache.read')), sum(json_extract(m.data, '$.tokens.cache.write')),
                   sum(json_extract(m.data, '$.tokens.output')), sum(json_extract(m.data, '$.tokens.reasoning')), sum(json_extract(m.data, '$.cost'))
            FROM family f JOIN message m ON m.session_id = f.id
            WHERE json_valid(m.data) AND json_extract(m.data, '$.role') = 'assistant' AND json_type(m.data, '$.tokens') = 'object'
            """,
            ("$session", session.Id));
        return !rows.Read() || rows.GetInt64(0) == 0 ? null : new SessionUsage
        {
            InputTokens = Tokens(1),
            CacheReadTokens = Tokens(2),
            CacheWriteTokens = Tokens(3),
            OutputTokens = Tokens(4),
            ReasoningTokens = Tokens(5),
            CostUsd = rows.IsDBNull(6) ? null : rows.GetDouble(6),
        };

        long Tokens(int column) => rows.IsDBNull(column) ? 0 : rows.GetInt64(column);
    }

    private StoreListing Ask(Func<ForeignDatabase, List<KeptSession>> read)
    {
        if (!File.Exists(Database))
        {
            return new StoreListing([], []);
        }

        try
        {
            using var database = ForeignDatabase.Open(Database);
            return new StoreListing(read(database), []);
        }
        catch (Exception e) when (e is SqliteException or IOException or InvalidCastException or InvalidOperationException)
        {
            return new StoreListing([], [$"{Database}: {e.Message}"]);
        }
    }

    private KeptSession Session(ForeignDatabase database, SqliteDataReader row, DirectoryProcesses processes)
    {
        var (id, updated) = (row.GetString(0), row.GetInt64(6));
        if (!_prompts.TryGetValue(id, out var prompts) || prompts.Updated != updated)
        {
            SessionsRead++;
            if (_prompts.Count >= MostKept)
            {
                _prompts.Clear();
            }

            _prompts[id] = prompts = new Prompts(updated, Prompt(database, id, "ASC"), Prompt(database, id, "DESC"), Count(database, id));
        }

        var title = StoreText.OneLine(row.GetString(3));
        var session = new KeptSession
        {
            Id = id,
            Parent = row.IsDBNull(1) ? null : row.GetString(1),
            Directory = row.GetString(2),
            Title = IsGiven(title) ? title : prompts.First,
            FirstPrompt = prompts.First,
            LastPrompt = prompts.Last,
            Version = row.GetString(4),
            CreatedAt = RecordJson.FromMilliseconds(row.GetInt64(5)),
            LastActivity = RecordJson.FromMilliseconds(updated) ?? DateTimeOffset.UnixEpoch,
            Messages = prompts.Messages,
            Location = Database,
        };
        return session with { Running = processes.Claim(session) };
    }

    // Until OpenCode has thought of one.
    private static bool IsGiven(string title) => title.Length > 0 && !title.StartsWith("New session - ", StringComparison.Ordinal);

    private static string Prompt(ForeignDatabase database, string session, string order)
    {
        using var rows = database.Query(
            $"""
            SELECT json_extract(p.data, '$.text') FROM message m JOIN part p ON p.message_id = m.id
            WHERE m.session_id = $session AND json_valid(m.data) AND json_valid(p.data) AND json_extract(m.data, '$.role') = 'user' AND json_extract(p.data, '$.type') = 'text'
              AND json_extract(p.data, '$.synthetic') IS NOT 1
            ORDER BY m.time_created {order}, p.id {order} LIMIT 1
            """,
            ("$session", session));
        return rows.Read() && !rows.IsDBNull(0) ? StoreText.OneLine(rows.GetString(0)) : "";
    }

    private static int Count(ForeignDatabase database, string session)
    {
        using var rows = database.Query("SELECT count(*) FROM message WHERE session_id = $session", ("$session", session));
        return rows.Read() ? rows.GetInt32(0) : 0;
    }

    private sealed record Prompts(long Updated, string First, string Last, int Messages);
}
