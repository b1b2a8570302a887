using Microsoft.Data.Sqlite;

namespace Tether.Daemon.Storage;

/// <summary>Reads the registry's events on a connection of its own, beside the writer.</summary>
internal static class EventReader
{
    // A large table is read from its newest end only as far as the limit.
    private const string Select = """
        SELECT session, at, kind, text FROM events
        WHERE at >= $since AND ($session IS NULL OR session = $session)
        ORDER BY id DESC LIMIT $limit
        """;

    /// <summary>The newest events, oldest first. Empty when there is no registry yet.</summary>
    /// <param name="session">Its id; null for all sessions.</param>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public static List<StoredEvent> Read(string path, string? session, DateTimeOffset since, int limit)
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
        command.CommandText = Select;
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
    }
}
