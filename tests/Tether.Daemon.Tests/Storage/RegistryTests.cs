using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Storage;

public sealed class RegistryTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchDirectory _scratch = new();
    private readonly ListLogger _log = new();

    private string DatabasePath => _scratch.File("data/tether.db");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_saved_session_is_there_after_a_restart_with_everything_that_outlives_the_daemon()
    {
        var record = Record("aaaaaaaa") with
        {
            ProgramTitle = "vim — ünï",
            Arguments = ["--model", "o3", "a\nb", ""],
            WorkingDirectory = "/tmp",
            State = SessionState.Exited,
            EndedAt = Noon.AddMicroseconds(123_457),
            ExitCode = 0,
            Signal = 15,
            EndReason = "stopped by me",
            Offset = 1L << 40,
            HasJournalHole = true,
            LastLine = "$ ",
            Tags = ["work", "ünï"],
            Progress = "1 40",
            BellAt = Noon.AddMicroseconds(7),
            External = new ExternalAgent { Name = "Reviewer ünï", Type = "custom", Icon = "🤖", Workspace = "my-workspace" },
            Status = new AgentStatus { State = AgentState.Working, Since = Noon, Source = SignalSource.Protocol, Rule = "external.told" },
        };
        Reopened(registry => registry.Save(record with { Controller = "me", Viewers = 3 }, 42, "2026/aaaaaaaa"));

        var stored = Assert.Single(Stored());

        Assert.Equal(record.Arguments, stored.Record.Arguments);
        Assert.Equal(record.Tags, stored.Record.Tags);
        Assert.Equal(record, stored.Record with { Arguments = record.Arguments, Tags = record.Tags });
        Assert.Equal((42, "2026/aaaaaaaa"), (stored.ProcessStartTime, stored.Journal));
    }

    [Fact]
    public void What_is_unknown_stays_unknown()
    {
        Reopened(registry => registry.Save(Record("aaaaaaaa"), 42));
        var stored = Assert.Single(Stored());
        Assert.Equal(Record("aaaaaaaa") with { Arguments = stored.Record.Arguments, Tags = stored.Record.Tags }, stored.Record);
        Assert.Empty(stored.Record.Tags);
        Assert.Null(stored.Record.ExitCode);
        Assert.Equal("aaaaaaaa", stored.Journal);
    }

    [Fact]
    public void Sessions_come_oldest_first_and_a_deleted_one_is_gone()
    {
        Reopened(registry =>
        {
            registry.Save(Record("bbbbbbbb") with { CreatedAt = Noon.AddHours(1) }, 1);
            registry.Save(Record("aaaaaaaa") with { CreatedAt = Noon.AddHours(2) }, 1);
            registry.Save(Record("cccccccc"), 1);
            Assert.True(registry.Flush(Limit));
            registry.Delete("cccccccc");
        });

        Assert.Equal(["bbbbbbbb", "aaaaaaaa"], Stored().Select(stored => stored.Record.Id));
    }

    [Fact]
    public void Of_many_saves_of_one_session_the_last_counts()
    {
        Reopened(registry =>
        {
            for (var i = 1; i <= 50_000; i++)
            {
                registry.Save(Record("aaaaaaaa") with { Offset = i }, 1);
            }
        });

        Assert.Equal(50_000, Assert.Single(Stored()).Record.Offset);
    }

    [Fact]
    public void The_file_is_the_users_alone_and_so_are_its_companions()
    {
        using var registry = Open();
        registry.Load();
        registry.Save(Record("aaaaaaaa"), 1);
        Assert.True(registry.Flush(Limit));

        var files = Directory.GetFiles(Path.GetDirectoryName(DatabasePath)!);
        Assert.Contains(DatabasePath + "-wal", files);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_file_that_somebody_has_locked_is_written_once_it_is_free()
    {
        using var registry = Open();
        registry.Load();
        using (var other = Connect())
        {
            Execute(other, "BEGIN IMMEDIATE");
            registry.Save(Record("aaaaaaaa"), 1);
            Assert.False(registry.Flush(TimeSpan.FromSeconds(1.5)));
            registry.Save(Record("aaaaaaaa") with { Title = "later" }, 1);
            Execute(other, "COMMIT");
        }

        Assert.True(registry.Flush(Limit));
        Assert.Equal("later", Assert.Single(Stored()).Record.Title);
        Assert.Contains(_log.Lines, line => line.Level == LogLevel.Warning);
        Assert.Contains(_log.Lines, line => line.Text.Contains("again, after", StringComparison.Ordinal));
    }

    [TmpfsFact]
    public void A_full_disk_is_waited_out()
    {
        using var disk = new SmallDisk(_scratch.File("data"), kibibytes: 512);
        using var registry = Open();
        registry.Load();
        registry.Save(Record("aaaaaaaa"), 1);
        Assert.True(registry.Flush(Limit));

        var ballast = Path.Combine(disk.Path, "ballast");
        Fill(ballast);
        registry.Save(Record("bbbbbbbb") with { LastLine = new string('x', 100_000) }, 1);
        Assert.False(registry.Flush(TimeSpan.FromSeconds(0.5)));
        File.Delete(ballast);
        Assert.True(registry.Flush(Limit));
        Assert.Equal(2, Stored().Count);
    }

    [Fact]
    public void A_damaged_file_is_put_aside_and_a_new_one_begins()
    {
        _scratch.Write("data/tether.db", "this is no database, and it is long enough to be noticed as none");
        Reopened(registry => registry.Save(Record("aaaaaaaa"), 1));
        Assert.Single(Stored());
        Assert.Single(Directory.GetFiles(_scratch.File("data"), "*.damaged-*"));
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_an_empty_registry()
    {
        Directory.CreateDirectory(DatabasePath);
        using var registry = Open();
        Assert.Empty(registry.Load());
        registry.Save(Record("aaaaaaaa"), 1);
        Assert.False(registry.Flush(TimeSpan.FromMilliseconds(200)));
        Assert.Contains(_log.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public void Events_of_earlier_daemons_are_read_in_order_and_dropped_when_somebody_else_has_them()
    {
        Assert.Empty(RegistryReader.OldEvents(DatabasePath));
        Reopened(registry => registry.Save(Record("aaaaaaaa"), 1));
        using (var connection = Connect())
        {
            Execute(connection, "INSERT INTO events (session, at, kind, text) VALUES ('aaaaaaaa', 1000000, 'bell', ''), ('bbbbbbbb', 2000000, 'title', 'x')");
        }

        Assert.Equal(
            [new StoredEvent("aaaaaaaa", DateTimeOffset.UnixEpoch.AddSeconds(1), "bell", ""), new StoredEvent("bbbbbbbb", DateTimeOffset.UnixEpoch.AddSeconds(2), "title", "x")],
            RegistryReader.OldEvents(DatabasePath));
        Reopened(registry => registry.DropOldEvents());
        Assert.Empty(RegistryReader.OldEvents(DatabasePath));
        Assert.Single(Stored());
    }

    [Fact]
    public void A_thousand_sessions_are_read_back()
    {
        Reopened(registry =>
        {
            for (var i = 0; i < 1000; i++)
            {
                registry.Save(Record($"{i:d8}"), i);
            }
        });
        Assert.Equal(1000, Stored().Count);
    }

    private static SessionRecord Record(string id) => new()
    {
        Id = id,
        Title = "title of " + id,
        Provider = "shell",
        Directory = "/home/me",
        ProcessId = 1234,
        Columns = 80,
        Rows = 24,
        CreatedAt = Noon,
        LastOutputAt = Noon.AddSeconds(1),
    };

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            var block = new byte[4096];
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Registry Open() => new(DatabasePath, _log, TimeProvider.System);

    private void Reopened(Action<Registry> use)
    {
        using var registry = Open();
        registry.Load();
        use(registry);
    }

    private List<StoredSession> Stored()
    {
        using var database = RegistryDatabase.Open(DatabasePath);
        return database.ReadSessions();
    }

    private SqliteConnection Connect()
    {
        SqliteLibrary.Choose();
        var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }
}
