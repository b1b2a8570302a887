using Microsoft.Data.Sqlite;

namespace Tether.Daemon.Storage;

/// <summary>The registry's file and its SQL. Throws as SQLite does. Used by one thread at a time: the loader, then the writer.</summary>
internal sealed class RegistryDatabase : IDisposable
{
    // Years of a busy person's events; older ones go when a daemon starts.
    private const int KeptEvents = 100_000;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _upsert;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _addEvent;
    private readonly SqliteCommand _upsertItem;
    private bool _isPruned;

    private RegistryDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _upsert = Command(SessionRow.Upsert);
        _delete = Command("DELETE FROM sessions WHERE id = $id; DELETE FROM events WHERE session = $id; DELETE FROM items WHERE session = $id", "$id");
        _upsertItem = Command(ItemRow.Upsert);
        _addEvent = Command("INSERT INTO events (session, at, kind, text) VALUES ($session, $at, $kind, $text)", "$session", "$at", "$kind", "$text");
    }

    public static RegistryDatabase Open(string path)
    {
        SqliteLibrary.Choose();
        CreatePrivate(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,

            // Seconds to wait for somebody else's lock; the writer tries again by itself.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();

            // What SQLite has committed is safe from kill -9; the last moments before a power cut are not worth a sync for each batch.
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL";
            command.ExecuteNonQuery();
            RegistrySchema.Migrate(connection, RegistrySchema.Steps);
            return new RegistryDatabase(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public List<StoredSession> ReadSessions()
    {
        using var command = Command(SessionRow.Select);
        using var rows = command.ExecuteReader();
        var sessions = new List<StoredSession>();
        while (rows.Read())
        {
            sessions.Add(SessionRow.Read(rows));
        }

        return sessions;
    }

    /// <summary>All items that are open, oldest first.</summary>
    public List<StoredItem> ReadOpenItems()
    {
        using var command = Command(ItemRow.SelectOpen);
        return ItemRow.ReadAll(command);
    }

    /// <summary>All of it or nothing.</summary>
    public void Write(RegistryBatch batch)
    {
        using var transaction = _connection.BeginTransaction();
        (_upsert.Transaction, _delete.Transaction, _addEvent.Transaction, _upsertItem.Transaction) = (transaction, transaction, transaction, transaction);
        foreach (var (id, session) in batch.Sessions)
        {
            if (session is null)
            {
                _delete.Parameters[0].Value = id;
                _delete.ExecuteNonQuery();
            }
            else
            {
                SessionRow.Bind(_upsert, session);
                _upsert.ExecuteNonQuery();
            }
        }

        foreach (var item in batch.Items.Values)
        {
            ItemRow.Bind(_upsertItem, item);
            _upsertItem.ExecuteNonQuery();
        }

        foreach (var happened in batch.Events)
        {
            _addEvent.Parameters[0].Value = happened.Session;
            _addEvent.Parameters[1].Value = StoredTime.Write(happened.At);
            _addEvent.Parameters[2].Value = happened.Kind;
            _addEvent.Parameters[3].Value = happened.Text;
            _addEvent.ExecuteNonQuery();
        }

        if (!_isPruned)
        {
            using var prune = Command($"DELETE FROM events WHERE id <= (SELECT max(id) FROM events) - {KeptEvents}; {ItemRow.Prune}");
            prune.Transaction = transaction;
            prune.ExecuteNonQuery();
        }

        transaction.Commit();
        _isPruned = true;
    }

    public void Dispose()
    {
        _upsert.Dispose();
        _delete.Dispose();
        _addEvent.Dispose();
        _upsertItem.Dispose();
        _connection.Dispose();
    }

    // SQLite gives its WAL files the mode of the file itself.
    private static void CreatePrivate(string path)
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private | UnixFileMode.UserExecute);
        if (!File.Exists(path))
        {
            using var file = new FileStream(
                path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = Private });
        }
    }

    private SqliteCommand Command(string text, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter(parameter, DBNull.Value));
        }

        return command;
    }
}
