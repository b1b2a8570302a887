using Microsoft.Data.Sqlite;

namespace Tether.Daemon.Storage;

/// <summary>Reads what the registry keeps of the past, each time on a connection of its own, beside the writer. Empty when there is no registry yet.</summary>
internal static class RegistryReader
{
    /// <summary>The events that earlier daemons kept here, in order.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public static IReadOnlyList<StoredEvent> OldEvents(string path) => Read(path, "SELECT session, at, kind, text FROM events ORDER BY id", command =>
    {
        using var rows = command.ExecuteReader();
        var events = new List<StoredEvent>();
        while (rows.Read())
        {
            events.Add(new StoredEvent(rows.GetString(0), StoredTime.Read(rows.GetInt64(1)), rows.GetString(2), rows.GetString(3)));
        }

        return events;
    });

    /// <summary>The newest items of the queue that are over, newest first.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public static List<StoredItem> PastItems(string path, string? session, int limit) => Read(path, ItemRow.SelectPast, command =>
    {
        command.Parameters.AddWithValue("$session", (object?)session ?? DBNull.Value);
        command.Parameters.AddWithValue("$limit", limit);
        return ItemRow.ReadAll(command);
    });

    private static List<T> Read<T>(string path, string select, Func<SqliteCommand, List<T>> read)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var connection = SqliteFile.Connect(path);
        using var command = connection.CreateCommand();
        command.CommandText = select;
        return read(command);
    }
}
