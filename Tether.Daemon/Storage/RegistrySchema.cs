using Microsoft.Data.Sqlite;

namespace Tether.Daemon.Storage;

/// <summary>
/// The registry's tables, as the steps that led to them. `user_version` counts the steps a file has had; steps are only ever added, and only
/// add, so that an older daemon can still read what a newer one has left.
/// </summary>
internal static class RegistrySchema
{
    /// <summary>Times are microseconds since 1970 UTC, `arguments` and `tags` are JSON arrays, `item` is a QueueItem, `external` an ExternalAgent.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY NOT NULL,
            title TEXT NOT NULL,
            program_title TEXT NOT NULL,
            provider TEXT NOT NULL,
            arguments TEXT NOT NULL,
            directory TEXT NOT NULL,
            working_directory TEXT,
            state INTEGER NOT NULL,
            process_id INTEGER NOT NULL,
            process_start INTEGER NOT NULL,
            columns INTEGER NOT NULL,
            rows INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            last_output_at INTEGER NOT NULL,
            ended_at INTEGER,
            exit_code INTEGER,
            signal INTEGER,
            end_reason TEXT,
            offset INTEGER NOT NULL,
            has_journal_hole INTEGER NOT NULL,
            last_line TEXT NOT NULL,
            journal TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE events (
            id INTEGER PRIMARY KEY,
            session TEXT NOT NULL,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL
        );
        CREATE INDEX events_by_session ON events (session, id);
        """,
        """
        ALTER TABLE sessions ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE sessions ADD COLUMN progress TEXT;
        ALTER TABLE sessions ADD COLUMN bell_at INTEGER;
        """,
        """
        ALTER TABLE sessions ADD COLUMN agent_session TEXT;
        ALTER TABLE sessions ADD COLUMN approval INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sessions ADD COLUMN has_draft INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sessions ADD COLUMN status TEXT;
        CREATE TABLE items (
            id TEXT PRIMARY KEY NOT NULL,
            session TEXT NOT NULL,
            key TEXT NOT NULL,
            correlation TEXT NOT NULL,
            is_open INTEGER NOT NULL,
            asked_at INTEGER NOT NULL,
            item TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX items_by_time ON items (asked_at);
        """,
        """
        ALTER TABLE sessions ADD COLUMN external TEXT;
        """,
    ];

    /// <summary>Brings a file up to date, each step whole or not at all.</summary>
    public static void Migrate(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        for (var done = (int)(long)command.ExecuteScalar()!; done < steps.Count; done++)
        {
            using var transaction = connection.BeginTransaction();
            using var step = connection.CreateCommand();
            step.Transaction = transaction;
            step.CommandText = $"{steps[done]}; PRAGMA user_version = {done + 1}";
            step.ExecuteNonQuery();
            transaction.Commit();
        }
    }
}
