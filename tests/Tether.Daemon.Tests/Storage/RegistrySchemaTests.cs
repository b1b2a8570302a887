using Microsoft.Data.Sqlite;
using Tether.Daemon.Storage;
using Xunit;

namespace Tether.Daemon.Tests.Storage;

public sealed class RegistrySchemaTests : IDisposable
{
    private readonly SqliteConnection _connection;

    public RegistrySchemaTests()
    {
        SqliteLibrary.Choose();
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void A_file_gets_the_steps_that_it_has_not_had()
    {
        RegistrySchema.Migrate(_connection, ["CREATE TABLE a (x)"]);
        RegistrySchema.Migrate(_connection, ["CREATE TABLE a (x)", "CREATE TABLE b (x)", "ALTER TABLE a ADD COLUMN y"]);
        Assert.Equal(3L, Value("PRAGMA user_version"));
        Assert.Equal(2L, Value("SELECT count(*) FROM pragma_table_info('a')"));
    }

    [Fact]
    public void A_step_that_fails_leaves_nothing_of_itself()
    {
        Assert.Throws<SqliteException>(() => RegistrySchema.Migrate(_connection, ["CREATE TABLE a (x)", "CREATE TABLE b (x); NONSENSE"]));
        Assert.Equal(1L, Value("PRAGMA user_version"));
        Assert.Equal(0L, Value("SELECT count(*) FROM sqlite_master WHERE name = 'b'"));
    }

    [Fact]
    public void A_file_from_a_newer_daemon_is_left_as_it_is()
    {
        RegistrySchema.Migrate(_connection, [.. RegistrySchema.Steps, "ALTER TABLE sessions ADD COLUMN later TEXT"]);
        RegistrySchema.Migrate(_connection, RegistrySchema.Steps);
        Assert.Equal(RegistrySchema.Steps.Count + 1L, Value("PRAGMA user_version"));
        Assert.Equal(0L, Value($"SELECT count(*) FROM ({SessionRow.Select})"));
    }

    [Fact]
    public void The_sessions_of_the_first_release_have_no_tags()
    {
        RegistrySchema.Migrate(_connection, [RegistrySchema.Steps[0]]);
        Value("""
            INSERT INTO sessions VALUES ('aaaaaaaa', 't', '', 'shell', '[]', '/', NULL, 0, 1, 2, 80, 24, 0, 0, NULL, NULL, NULL, NULL, 0, 0, '', 'aaaaaaaa') RETURNING 1
            """);
        RegistrySchema.Migrate(_connection, RegistrySchema.Steps);
        using var command = _connection.CreateCommand();
        command.CommandText = SessionRow.Select;
        using var rows = command.ExecuteReader();
        Assert.True(rows.Read());
        var record = SessionRow.Read(rows).Record;
        Assert.Empty(record.Tags);
        Assert.Null(record.BellAt);
    }

    [Fact]
    public void The_library_is_no_older_than_the_bundled_one() =>
        Assert.True(Version.Parse((string)Value("SELECT sqlite_version()")) >= new Version(3, 35, 5));

    private object Value(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }
}
