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
    public void The_library_is_no_older_than_the_bundled_one() =>
        Assert.True(Version.Parse((string)Value("SELECT sqlite_version()")) >= new Version(3, 35, 5));

    private object Value(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }
}
