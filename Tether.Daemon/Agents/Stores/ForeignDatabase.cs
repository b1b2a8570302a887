using Microsoft.Data.Sqlite;
using Tether.Daemon.Storage;

namespace Tether.Daemon.Agents.Stores;

/// <summary>
/// An agent's SQLite database, read and never written to. While it has a write-ahead log somebody may be using it, and the log counts; without one it is
/// opened as immutable, because SQLite would put a log and its index beside it even for a reader.
/// </summary>
internal sealed class ForeignDatabase : IDisposable
{
    private const int SecondsForALock = 1;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    private ForeignDatabase(SqliteConnection connection) => _connection = connection;

    /// <exception cref="SqliteException">It is locked, broken or no database.</exception>
    public static ForeignDatabase Open(string path)
    {
        SqliteLibrary.Choose();
        var isInUse = File.Exists(path + "-wal");
        var address = "file:" + Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal) + (isInUse ? "" : "?immutable=1");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = address,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = SecondsForALock,
        }.ToString());
        try
        {
            connection.Open();
            return new ForeignDatabase(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The names of a table's columns; none when there is no such table.</summary>
    public IReadOnlySet<string> Columns(string table)
    {
        var columns = new HashSet<string>();
        using var rows = Query("SELECT name FROM pragma_table_info($table)", ("$table", table));
        while (rows.Read())
        {
            columns.Add(rows.GetString(0));
        }

        return columns;
    }

    /// <summary>One reader of the same text may be open at a time.</summary>
    public SqliteDataReader Query(string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (!_commands.TryGetValue(text, out var command))
        {
            _commands[text] = command = _connection.CreateCommand();
            command.CommandText = text;
        }

        command.Parameters.Clear();
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command.ExecuteReader();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }
}
