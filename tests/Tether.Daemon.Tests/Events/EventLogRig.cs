using System.Text;
using Microsoft.Data.Sqlite;
using Tether.Daemon.Events;
using Tether.Daemon.Storage;

namespace Tether.Daemon.Tests.Events;

/// <summary>A log in a directory of its own, which can be closed and opened again.</summary>
internal sealed class EventLogRig : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchDirectory _scratch = new();
    private readonly long _most;

    public EventLogRig(long most = 1_000_000, string folder = "data", IReadOnlyList<StoredEvent>? old = null)
    {
        _most = most;
        Path = _scratch.File($"{folder}/events.db");
        Old = old ?? [];
        Log = Open();
    }

    public string Path { get; }

    public ListLogger Logger { get; } = new();

    public IReadOnlyList<StoredEvent> Old { get; set; }

    /// <summary>How often the log said that it has what was logged before.</summary>
    public int Taken { get; private set; }

    public EventLog Log { get; private set; }

    public static ReadOnlyMemory<byte> Data(string text) => EventJson.Text(text);

    public static string Text(LoggedEvent happened) => EventJson.TextOf(happened.Data);

    public LoggedEvent Append(string session, string text, string type = "output") => Log.AppendAsync(session, type, Data(text)).Result();

    public void Post(string session, string text, string type = "output") => Log.Post(session, Noon, type, Data(text));

    /// <summary>Everything behind a cursor, page by page, as a reader gets it.</summary>
    public List<LoggedEvent> ReadToEnd(string session, long after = 0, IReadOnlySet<string>? types = null, int limit = 100)
    {
        var events = new List<LoggedEvent>();
        while (Log.Read(session, after, types, limit) is var page && page.Next > after)
        {
            events.AddRange(page.Events);
            after = page.Next;
        }

        return events;
    }

    public List<LoggedEvent> ReadAllToEnd(long after = 0, IReadOnlySet<string>? types = null, int limit = 100)
    {
        var events = new List<LoggedEvent>();
        while (Log.ReadAll(after, types, limit) is var page && page.Next > after)
        {
            events.AddRange(page.Events);
            after = page.Next;
        }

        return events;
    }

    public void Reopen()
    {
        Log.Dispose();
        Log = Open();
    }

    /// <summary>A log on what a daemon that is killed now would leave behind.</summary>
    public EventLogRig Killed()
    {
        var other = new EventLogRig(_most, "copy");
        other.Log.Dispose();
        foreach (var suffix in new[] { "", "-wal" })
        {
            System.IO.File.Copy(Path + suffix, other.Path + suffix, overwrite: true);
        }

        System.IO.File.Delete(other.Path + "-shm");
        other.Log = other.Open();
        return other;
    }

    /// <summary>A number from the file itself.</summary>
    public long Ask(string sql)
    {
        using var connection = SqliteFile.Connect(Path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public SqliteConnection Connect() => SqliteFile.Connect(Path);

    public void Dispose()
    {
        Log.Dispose();
        _scratch.Dispose();
    }

    private EventLog Open() => new(Path, new OldEvents(() => Old, () => Taken++), _most, Logger, TimeProvider.System);
}
