using Microsoft.Data.Sqlite;

namespace Tether.Daemon.Storage;

/// <summary>The registry's file and its SQL. Throws as SQLite does. Used by one thread at a time: the loader, then the writer.</summary>
internal sealed class RegistryDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _upsert;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _upsertItem;
    private bool _isPruned;

    private RegistryDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _upsert = Command(SessionRow.Upsert);
        _delete = Command("DELETE FROM sessions WHERE id = $id; DELETE FROM events WHERE session = $id; DELETE FROM items WHERE session = $id", "$id");
        _upsertItem = Command(ItemRow.Upsert);
    }

    public static RegistryDatabase Open(string path) => new(SqliteFile.Open(path, RegistrySchema.Steps));

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
        (_upsert.Transaction, _delete.Transaction, _upsertItem.Transaction) = (transaction, transaction, transaction);
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

        if (batch.DropsOldEvents)
        {
            using var drop = Command("DELETE FROM events");
            drop.Transaction = transaction;
            drop.ExecuteNonQuery();
        }

        if (!_isPruned)
        {
            using var prune = Command(ItemRow.Prune);
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
        _upsertItem.Dispose();
        _connection.Dispose();
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
