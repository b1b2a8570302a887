using Microsoft.Data.Sqlite;

namespace Tether.Daemon.Storage;

/// <summary>Files of SQLite as this daemon keeps them: the user's alone, with a log beside them (WAL), safe from the end of the process at any moment.</summary>
internal static class SqliteFile
{
    // Result codes that a retry does not mend.
    private const int Corrupt = 11, NotADatabase = 26;

    /// <summary>Opens a file, made when it is missing, and brings its tables up to date.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static SqliteConnection Open(string path, IReadOnlyList<string> steps)
    {
        SqliteLibrary.Choose();
        CreatePrivate(path);
        var connection = Connect(path);
        try
        {
            // What SQLite has committed is safe from kill -9; the last moments before a power cut are not worth a sync for each batch.
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 67108864";
            command.ExecuteNonQuery();
            RegistrySchema.Migrate(connection, steps);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>One more connection to a file that is there.</summary>
    public static SqliteConnection Connect(string path)
    {
        SqliteLibrary.Choose();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            Mode = SqliteOpenMode.ReadWrite,

            // Seconds to wait for somebody else's lock.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file is no database any more.</summary>
    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>Puts a damaged file aside, with its companions.</summary>
    /// <returns>Where it is now.</returns>
    public static string PutAside(string path, DateTimeOffset now)
    {
        var aside = $"{path}.damaged-{now.ToUnixTimeSeconds()}";
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix, overwrite: true);
            }
        }

        return aside;
    }

    // SQLite gives its WAL files the mode of the file itself.
    private static void CreatePrivate(string path)
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private | UnixFileMode.UserExecute);
        if (!File.Exists(path))
        {
            using var file = new FileStream(
                path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = Private });
        }
    }
}
