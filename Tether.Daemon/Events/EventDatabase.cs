using Microsoft.Data.Sqlite;
using Tether.Daemon.Storage;

namespace Tether.Daemon.Events;

/// <summary>The log's file as its writer sees it. Throws as SQLite does. Used by the writer's thread alone.</summary>
internal sealed class EventDatabase : IDisposable
{
    /// <summary>Events that are cleared from the file at once: no longer a time than an append may wait.</summary>
    public const int SweptAtOnce = 5_000;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _saveSession;
    private readonly SqliteCommand _saveState;
    private readonly SqliteCommand _addType;
    private readonly SqliteCommand _sweep;
    private readonly Dictionary<string, long> _types = [];

    private EventDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _insert = Command("INSERT INTO events (place, id, session, type, at, data) VALUES ($a, $b, $c, $d, $e, $f)", 6);
        _saveSession = Command(
            "INSERT INTO sessions (number, id, first, last, swept, forgotten_at) VALUES ($a, $b, $c, $d, $e, $f) ON CONFLICT (number) DO UPDATE SET first = $c, last = $d, swept = $e, forgotten_at = $f", 6);
        _saveState = Command("UPDATE state SET last_id = $a", 1);
        _addType = Command("INSERT INTO types (name) VALUES ($a) RETURNING number", 1);
        _sweep = Command("DELETE FROM events WHERE place BETWEEN $a AND $b", 2);
        Query("SELECT number, name FROM types", row => _types[row.GetString(1)] = row.GetInt64(0));
        Query("SELECT last_id, has_old FROM state", row => (LastId, HasOld) = (row.GetInt64(0), row.GetBoolean(1)));
    }

    /// <summary>The last number given, as the file has it at the opening.</summary>
    public long LastId { get; private set; }

    /// <summary>What was logged before there was this file is in it.</summary>
    public bool HasOld { get; private set; }

    /// <summary>Opens the file.</summary>
    /// <param name="path">Made when it is missing.</param>
    /// <param name="oldest">Sessions that were forgotten before this time leave no trace.</param>
    public static EventDatabase Open(string path, DateTimeOffset oldest)
    {
        var connection = SqliteFile.Open(path, EventSchema.Steps);
        try
        {
            var database = new EventDatabase(connection);
            database.Prune(oldest);
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public List<SessionNumbers> ReadSessions()
    {
        var sessions = new List<SessionNumbers>();
        Query("SELECT number, id, first, last, swept, forgotten_at FROM sessions", row => sessions.Add(new SessionNumbers(
            row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.IsDBNull(5) ? null : StoredTime.Read(row.GetInt64(5)))));
        return sessions;
    }

    /// <summary>All of it or nothing.</summary>
    /// <param name="events">With their numbers.</param>
    /// <param name="changed">The numbers of the sessions that have others than before.</param>
    /// <param name="hasOld">See <see cref="HasOld"/>.</param>
    public void Write(IReadOnlyList<LoggedEvent> events, IReadOnlyDictionary<string, SessionNumbers> changed, bool hasOld = false)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var numbers in changed.Values)
        {
            Save(numbers, transaction);
        }

        var made = new Dictionary<string, long>();
        foreach (var happened in events)
        {
            var session = changed[happened.Session].Number;
            Run(_insert, transaction, EventSchema.Place(session, happened.Seq), happened.Id, session, TypeNumber(happened.Type, made, transaction), StoredTime.Write(happened.At), Blob(happened.Data));
        }

        if (events.Count > 0)
        {
            Run(_saveState, transaction, events[^1].Id);
        }

        if (hasOld)
        {
            using var command = Command("UPDATE state SET has_old = 1", 0);
            Run(command, transaction);
        }

        transaction.Commit();
        HasOld |= hasOld;
        foreach (var (name, number) in made)
        {
            _types[name] = number;
        }
    }

    /// <summary>Clears some of what nobody reads any more.</summary>
    /// <returns>The session's numbers as they are now.</returns>
    public SessionNumbers Sweep(SessionNumbers numbers)
    {
        var upTo = Math.Min(numbers.Swept + SweptAtOnce, numbers.First - 1);
        var swept = numbers with { Swept = upTo };
        using var transaction = _connection.BeginTransaction();
        Run(_sweep, transaction, EventSchema.Place(numbers.Number, numbers.Swept + 1), EventSchema.Place(numbers.Number, upTo));
        Save(swept, transaction);
        transaction.Commit();
        return swept;
    }

    public void Dispose()
    {
        foreach (var command in new[] { _insert, _saveSession, _saveState, _addType, _sweep })
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        Bind(command, transaction, values);
        command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, SqliteTransaction transaction, ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private static byte[] Blob(ReadOnlyMemory<byte> data) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(data, out var segment) && segment.Array is { } array && array.Length == data.Length ? array : data.ToArray();

    private void Save(SessionNumbers numbers, SqliteTransaction transaction) => Run(
        _saveSession, transaction, numbers.Number, numbers.Session, numbers.First, numbers.Last, numbers.Swept,
        numbers.ForgottenAt is { } at ? StoredTime.Write(at) : DBNull.Value);

    private long TypeNumber(string type, Dictionary<string, long> made, SqliteTransaction transaction)
    {
        if (_types.TryGetValue(type, out var number) || made.TryGetValue(type, out number))
        {
            return number;
        }

        Bind(_addType, transaction, [type]);
        return made[type] = (long)_addType.ExecuteScalar()!;
    }

    private void Prune(DateTimeOffset oldest)
    {
        foreach (var numbers in ReadSessions().Where(numbers => numbers.ForgottenAt < oldest && !numbers.HasLitter))
        {
            using var transaction = _connection.BeginTransaction();
            Run(_sweep, transaction, EventSchema.Place(numbers.Number, numbers.First), EventSchema.Place(numbers.Number, numbers.Last));
            using var command = Command("DELETE FROM sessions WHERE number = $a", 1);
            Run(command, transaction, numbers.Number);
            transaction.Commit();
        }
    }

    private void Query(string sql, Action<SqliteDataReader> take)
    {
        using var command = Command(sql, 0);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            take(rows);
        }
    }

    private SqliteCommand Command(string text, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter($"${(char)('a' + i)}", DBNull.Value));
        }

        return command;
    }
}
