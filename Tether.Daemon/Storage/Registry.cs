using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Tether.Protocol.Model;

namespace Tether.Daemon.Storage;

/// <summary>
/// The sessions this daemon remembers, and the items of its queue, in a SQLite file. Everything but <see cref="Load"/> only queues: one
/// background thread writes, in batches, and sleeps while nothing changes. No failure of the disk reaches a caller.
/// </summary>
internal sealed class Registry(string path, ILogger logger, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(3);

    private readonly RegistryQueue _queue = new(time);
    private RegistryWriter? _writer;

    /// <summary>What the last daemon left open in the queue; known after <see cref="Load"/>.</summary>
    public IReadOnlyList<StoredItem> OpenItems { get; private set; } = [];

    /// <summary>Reads every session, oldest first, and starts the writer. Once, before anything else; a registry that cannot be read is empty.</summary>
    public IReadOnlyList<StoredSession> Load()
    {
        var start = time.GetTimestamp();
        RegistryDatabase? database = null;
        List<StoredSession> sessions = [];
        try
        {
            database = OpenOrReplace();
            sessions = database.ReadSessions();
            OpenItems = database.ReadOpenItems();
            logger.Loaded(sessions.Count, path, time.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (Exception e)
        {
            // Whatever is wrong with the file, it must not keep the daemon from the sessions that run.
            logger.LoadFailed(path, e.Message);
            database?.Dispose();
            database = null;
        }

        _writer = new RegistryWriter(path, database, _queue, logger, time);
        return sessions;
    }

    /// <summary>Remembers a session's state. Of several saves in short order the last is written.</summary>
    /// <param name="journal">Its folder below the journals' when that is not named after the session.</param>
    public void Save(SessionRecord record, long processStartTime, string? journal = null)
    {
        var session = new StoredSession(record with { Controller = null, Viewers = 0 }, processStartTime, journal ?? record.Id);
        _queue.Put(batch => batch.Sessions[record.Id] = session);
    }

    /// <summary>Remembers an item of the queue. Of several saves in short order the last is written.</summary>
    public void Save(StoredItem item) => _queue.Put(batch => batch.Items[item.Item.Id] = item);

    /// <summary>Forgets a session and its items.</summary>
    public void Delete(string id) => _queue.Put(batch =>
    {
        batch.Sessions[id] = null;
        foreach (var item in batch.Items.Values.Where(item => item.Item.Session == id).ToList())
        {
            batch.Items.Remove(item.Item.Id);
        }
    });

    /// <summary>Events that earlier daemons kept here are kept elsewhere now.</summary>
    public void DropOldEvents() => _queue.Put(batch => batch.DropsOldEvents = true);

    /// <summary>The newest items that are over, newest first. Waits for the writer: not for a session's thread.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public IReadOnlyList<StoredItem> PastItems(string? session, int limit)
    {
        Flush(ReadLimit);
        return RegistryReader.PastItems(path, session, limit);
    }

    /// <summary>Waits until everything queued so far is on disk; false when that takes longer.</summary>
    public bool Flush(TimeSpan limit) => _queue.Flush(limit);

    /// <summary>Writes what is queued, with one try, and closes the file.</summary>
    public void Dispose()
    {
        _queue.Close();
        _writer?.Join(CloseLimit);
    }

    private RegistryDatabase OpenOrReplace()
    {
        try
        {
            return RegistryDatabase.Open(path);
        }
        catch (SqliteException e) when (SqliteFile.IsDamage(e))
        {
            logger.Replaced(e.Message, SqliteFile.PutAside(path, time.GetUtcNow()));
            return RegistryDatabase.Open(path);
        }
    }
}
