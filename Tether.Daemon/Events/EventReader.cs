using Microsoft.Data.Sqlite;
using Tether.Daemon.Storage;

namespace Tether.Daemon.Events;

/// <summary>One connection to the log's file that only reads, with its statements prepared. Throws as SQLite does. Used by one thread at a time.</summary>
internal sealed class EventReader : IDisposable
{
    // No joins: the order in which events are found is the one that is wanted.
    private const string Row =
        "SELECT place, id, at, (SELECT name FROM types WHERE number = type), data, (SELECT sessions.id FROM sessions WHERE number = session) FROM events";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _bySession;
    private readonly SqliteCommand _byType;
    private readonly SqliteCommand _all;
    private readonly SqliteCommand _newestOfSession;
    private readonly SqliteCommand _newest;

    public EventReader(string path)
    {
        _connection = SqliteFile.Connect(path);
        using (var command = _connection.CreateCommand())
        {
            command.CommandText = "PRAGMA query_only = 1";
            command.ExecuteNonQuery();
        }

        _bySession = Command($"{Row} WHERE place > $a AND place <= $b ORDER BY place LIMIT $c");
        _byType = Command(
            $"{Row} WHERE session = $d AND type = (SELECT number FROM types WHERE name = $e) AND place > $a AND place <= $b ORDER BY place LIMIT $c");
        _all = Command($"{Row} WHERE id > $a ORDER BY id LIMIT $c");
        _newestOfSession = Command($"{Row} WHERE place > $a AND place <= $b ORDER BY place DESC LIMIT $c");
        _newest = Command($"{Row} ORDER BY id DESC LIMIT $c");
    }

    /// <summary>A session's events behind a number, in order.</summary>
    /// <param name="session">With <see cref="SessionNumbers.Last"/> as the last one that is wanted.</param>
    public IEnumerable<LoggedEvent> Session(SessionNumbers session, long after, int limit) =>
        Read(_bySession, EventSchema.Place(session.Number, after), EventSchema.Place(session.Number, session.Last), limit);

    /// <summary>Those of one type.</summary>
    public IEnumerable<LoggedEvent> OfType(SessionNumbers session, string type, long after, int limit) =>
        Read(_byType, EventSchema.Place(session.Number, after), EventSchema.Place(session.Number, session.Last), limit, session.Number, type);

    /// <summary>All sessions' events behind an id, in order.</summary>
    public IEnumerable<LoggedEvent> All(long after, int limit) => Read(_all, after, 0L, limit);

    /// <summary>The newest first.</summary>
    /// <param name="session">Null for all.</param>
    public IEnumerable<LoggedEvent> Newest(SessionNumbers? session, int limit) => session is null
        ? Read(_newest, 0L, 0L, limit)
        : Read(_newestOfSession, EventSchema.Place(session.Number, session.First - 1), EventSchema.Place(session.Number, session.Last), limit);

    public void Dispose()
    {
        foreach (var command in new[] { _bySession, _byType, _all, _newestOfSession, _newest })
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private static IEnumerable<LoggedEvent> Read(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return new LoggedEvent(
                rows.GetInt64(1), rows.GetString(5), EventSchema.SeqOf(rows.GetInt64(0)), StoredTime.Read(rows.GetInt64(2)), rows.GetString(3), rows.GetFieldValue<byte[]>(4));
        }
    }

    // Parameters that a statement does not name are left alone.
    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in "abcde")
        {
            command.Parameters.Add(new SqliteParameter($"${name}", DBNull.Value));
        }

        return command;
    }
}
