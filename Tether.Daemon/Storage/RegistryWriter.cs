using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Storage;

/// <summary>
/// The thread that writes the registry, and the only one that touches its file after the load. What cannot be written now is tried again,
/// together with what has come since.
/// </summary>
internal sealed class RegistryWriter
{
    // A change is on disk at once; those that follow it closely share a transaction.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly string _path;
    private readonly RegistryQueue _queue;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Thread _thread;

    // ---- owned by _thread ----
    private RegistryDatabase? _database;
    private int _failures;

    /// <param name="database">As the load left it; null to open it when there is something to write.</param>
    public RegistryWriter(string path, RegistryDatabase? database, RegistryQueue queue, ILogger logger, TimeProvider time)
    {
        _path = path;
        _database = database;
        _queue = queue;
        _logger = logger;
        _time = time;
        _thread = new Thread(Run) { IsBackground = true, Name = "registry" };
        _thread.Start();
    }

    public void Join(TimeSpan limit) => _thread.Join(limit);

    private void Run()
    {
        var notBefore = 0L;
        while (_queue.Take(notBefore) is { } batch)
        {
            var pause = Gather;
            if (Write(batch))
            {
                _queue.Settle();
            }
            else if (_queue.TakeBack(batch))
            {
                pause = Retry();
            }
            else
            {
                _logger.GivenUp(batch.Sessions.Count, batch.Items.Count);
                break;
            }

            notBefore = _time.GetTimestamp() + (long)(pause.TotalSeconds * _time.TimestampFrequency);
        }

        Close();
    }

    private bool Write(RegistryBatch batch)
    {
        try
        {
            _database ??= RegistryDatabase.Open(_path);
            _database.Write(batch);
        }
        catch (Exception e)
        {
            _failures++;
            _logger.WriteFailed(e.Message, Retry().TotalSeconds);
            Close();
            return false;
        }

        if (_failures > 0)
        {
            _logger.Recovered(_failures);
            _failures = 0;
        }

        return true;
    }

    // A transaction that failed half-way may leave its connection in any state; the next try takes a new one.
    private void Close()
    {
        try
        {
            _database?.Dispose();
        }
        catch (SqliteException e)
        {
            _logger.CloseFailed(e.Message);
        }

        _database = null;
    }

    private TimeSpan Retry() => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _failures - 1), LongestRetry.TotalSeconds));
}
