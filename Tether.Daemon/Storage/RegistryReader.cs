using Microsoft.Data.Sqlite;

namespace Tether.Daemon.Storage;

/// <summary>Reads what the registry keeps of the past, each time on a connection of its own, beside the writer. Empty when there is no registry yet.</summary>
internal static class RegistryReader
{
    // A large table is read from its newest end only as far as the limit.
    private const string SelectEvents = """
        SELECT session, at, kind, text FROM events
        WHERE at >= $since AND ($session IS NULL OR session = $session)
        ORDER BY id DESC LIMIT $limit
        """;

    /// <summary>The newest events, oldest first.</summary>
    /// <param name="path">The registry's file.</param>
    /// <param name="session">Its id; null for all sessions.</param>
    /// <param name="since">None before this time.</param>
    /// <param name="limit">At most so many.</param>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public static List<StoredEvent> Events(string path, string? session, DateTimeOffset since, int limit) => Read(path, SelectEvents, command =>
    {
        command.Parameters.AddWithValue("$since", StoredTime.Write(since));
        command.Parameters.AddWithValue("$session", (object?)session ?? DBNull.Value);
        command.Parameters.AddWithValue("$limit", limit);
        using var rows = command.ExecuteReader();
        var events = new List<StoredEvent>();
        while (rows.Read())
        {
            events.Add(new StoredEvent(rows.GetString(0), StoredTime.Read(rows.GetInt64(1)), rows.GetString(2), rows.GetString(3)));
        }

        events.Reverse();
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
        SqliteLibrary.Choose();
        if (!File.Exists(path))
        {
            return [];
        }

        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            Mode = SqliteOpenMode.ReadWrite,
            DefaultTimeout = 1,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = select;
        return read(command);
    }
}
