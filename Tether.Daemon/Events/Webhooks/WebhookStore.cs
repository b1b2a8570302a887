using Microsoft.Data.Sqlite;
using Tether.Daemon.Storage;

namespace Tether.Daemon.Events.Webhooks;

/// <summary>Webhooks, how far each has been told, and what could not be delivered, in a SQLite file of its own. Any thread may call; throws as SQLite does.</summary>
internal sealed class WebhookStore(string path) : IDisposable
{
    /// <summary>Of each hook the newest so many.</summary>
    public const int MostLetters = 1000;

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE hooks (
            id TEXT PRIMARY KEY NOT NULL,
            url TEXT NOT NULL,
            secret TEXT NOT NULL,
            types TEXT NOT NULL,
            session TEXT,
            is_active INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            cursor INTEGER NOT NULL
        );
        CREATE TABLE letters (
            hook TEXT NOT NULL,
            event INTEGER NOT NULL,
            type TEXT NOT NULL,
            at INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            error TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (hook, event)
        ) WITHOUT ROWID;
        """,
    ];

    private readonly Lock _gate = new();
    private SqliteConnection? _connection;

    /// <summary>Somebody made a webhook once.</summary>
    public bool Exists => File.Exists(path);

    public List<Webhook> Hooks() => Query("SELECT id, url, secret, types, session, is_active, created_at, cursor FROM hooks ORDER BY created_at, id", row => new Webhook
    {
        Id = row.GetString(0),
        Url = new Uri(row.GetString(1)),
        Secret = row.GetString(2),
        Types = row.GetString(3).Split(',', StringSplitOptions.RemoveEmptyEntries),
        Session = row.IsDBNull(4) ? null : row.GetString(4),
        IsActive = row.GetBoolean(5),
        CreatedAt = StoredTime.Read(row.GetInt64(6)),
        Cursor = row.GetInt64(7),
    });

    /// <summary>Adds a webhook, or changes everything of it but its cursor.</summary>
    public void Save(Webhook hook) => Run(
        """
        INSERT INTO hooks (id, url, secret, types, session, is_active, created_at, cursor) VALUES ($0, $1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET url = $1, secret = $2, types = $3, session = $4, is_active = $5
        """,
        hook.Id, hook.Url.AbsoluteUri, hook.Secret, string.Join(',', hook.Types), hook.Session, hook.IsActive, StoredTime.Write(hook.CreatedAt), hook.Cursor);

    public void Remove(string hook) => Run("DELETE FROM hooks WHERE id = $0; DELETE FROM letters WHERE hook = $0", hook);

    public void SaveCursor(string hook, long cursor) => Run("UPDATE hooks SET cursor = $1 WHERE id = $0", hook, cursor);

    /// <summary>An event is given up: the letter and the cursor beyond it, both or neither.</summary>
    public void GiveUp(DeadLetter letter) => Run(
        """
        BEGIN;
        INSERT OR REPLACE INTO letters (hook, event, type, at, attempts, error, body) VALUES ($0, $1, $2, $3, $4, $5, $6);
        DELETE FROM letters WHERE hook = $0 AND event <= (SELECT event FROM letters WHERE hook = $0 ORDER BY event DESC LIMIT 1 OFFSET $7);
        UPDATE hooks SET cursor = $1 WHERE id = $0;
        COMMIT
        """,
        letter.Hook, letter.EventId, letter.Type, StoredTime.Write(letter.At), letter.Attempts, letter.Error, letter.Body.ToArray(), MostLetters);

    /// <summary>The newest first.</summary>
    public List<DeadLetter> Letters(string hook, int limit) =>
        Query("SELECT hook, event, type, at, attempts, error, body FROM letters WHERE hook = $0 ORDER BY event DESC LIMIT $1", LetterOf, hook, limit);

    public DeadLetter? FindLetter(string hook, long eventId) =>
        Query("SELECT hook, event, type, at, attempts, error, body FROM letters WHERE hook = $0 AND event = $1", LetterOf, hook, eventId).FirstOrDefault();

    public void RemoveLetter(string hook, long eventId) => Run("DELETE FROM letters WHERE hook = $0 AND event = $1", hook, eventId);

    public void Dispose()
    {
        lock (_gate)
        {
            _connection?.Dispose();
            _connection = null;
        }
    }

    private static DeadLetter LetterOf(SqliteDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.GetString(2), StoredTime.Read(row.GetInt64(3)), row.GetInt32(4), row.GetString(5), row.GetFieldValue<byte[]>(6));

    private void Run(string sql, params ReadOnlySpan<object?> values)
    {
        lock (_gate)
        {
            try
            {
                using var command = Command(sql, values);
                command.ExecuteNonQuery();
            }
            catch (SqliteException)
            {
                // A transaction may be open still: it ends with its connection.
                _connection?.Dispose();
                _connection = null;
                throw;
            }
        }
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        lock (_gate)
        {
            using var command = Command(sql, values);
            using var rows = command.ExecuteReader();
            var found = new List<T>();
            while (rows.Read())
            {
                found.Add(read(rows));
            }

            return found;
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        _connection ??= SqliteFile.Open(path, Steps);
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i}", values[i] ?? DBNull.Value);
        }

        return command;
    }
}
