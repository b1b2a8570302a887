using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Events;
using Xunit;

namespace Tether.Daemon.Tests.Events;

public sealed class EventLogFailureTests : IDisposable
{
    private const string A = "aaaaaaaa";

    private readonly EventLogRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void An_event_that_cannot_be_written_fails_and_leaves_no_hole_and_what_nobody_waits_for_comes_later()
    {
        _rig.Append(A, "1");
        using (var other = _rig.Connect())
        {
            Execute(other, "BEGIN IMMEDIATE");
            _rig.Post(A, "2");
            var failed = _rig.Log.AppendAsync(A, "output", EventLogRig.Data("lost"));
            var why = Assert.Throws<AggregateException>(() => failed.Result());
            Assert.IsType<IOException>(why.InnerException);
            Assert.Equal(["1"], _rig.ReadToEnd(A).Select(EventLogRig.Text));
            Execute(other, "COMMIT");
        }

        Assert.Equal(3, _rig.Append(A, "3").Seq);
        Assert.Equal(["1", "2", "3"], _rig.ReadToEnd(A).Select(EventLogRig.Text));
        Assert.Equal([1, 2, 3], _rig.ReadAllToEnd().Select(e => e.Id));
        Assert.Contains(_rig.Logger.Lines, line => line.Level == LogLevel.Warning);
        Assert.Contains(_rig.Logger.Lines, line => line.Text.Contains("again, after", StringComparison.Ordinal));
        using var next = _rig.Killed();
        Assert.Equal(["1", "2", "3"], next.ReadToEnd(A).Select(EventLogRig.Text));
    }

    [Fact]
    public void Reading_goes_on_while_nobody_can_write()
    {
        for (var i = 0; i < EventTail.MostEvents + 10; i++)
        {
            _rig.Post(A, $"{i}");
        }

        _rig.Log.FlushAsync().Ends();
        using var other = _rig.Connect();
        Execute(other, "BEGIN IMMEDIATE");
        Assert.Equal(EventTail.MostEvents + 10, _rig.ReadToEnd(A, limit: 1000).Count);
        Execute(other, "COMMIT");
    }

    [TmpfsFact]
    public void A_full_disk_loses_no_event_that_was_acknowledged()
    {
        using var scratch = new ScratchDirectory();
        using var disk = new SmallDisk(scratch.File("data"), kibibytes: 1024);
        var logger = new ListLogger();
        using var log = new EventLog(Path.Combine(disk.Path, "events.db"), OldEvents.None, 1_000_000, logger, TimeProvider.System);
        var told = new List<long>();
        var failures = 0;
        while (failures < 3)
        {
            try
            {
                told.Add(log.AppendAsync(A, "output", EventLogRig.Data(new string('x', 10_000))).Result().Seq);
            }
            catch (AggregateException e) when (e.InnerException is IOException)
            {
                failures++;
            }
        }

        Assert.NotEmpty(told);
        Assert.Equal(Enumerable.Range(1, told.Count).Select(i => (long)i), told);
        Assert.Equal(told, Seqs(log));

        log.Dispose();
        using var next = new EventLog(Path.Combine(disk.Path, "events.db"), OldEvents.None, 1_000_000, logger, TimeProvider.System);
        Assert.Equal(told, Seqs(next));
    }

    [Fact]
    public void A_log_without_a_file_fails_what_is_awaited_and_is_empty()
    {
        _rig.Log.Dispose();
        File.Delete(_rig.Path);
        Directory.CreateDirectory(_rig.Path);
        _rig.Reopen();
        Assert.Equal(0, _rig.Log.LastId);
        Assert.Throws<AggregateException>(() => _rig.Append(A, "a"));
        Assert.Empty(_rig.ReadToEnd(A));
        Assert.Empty(_rig.Log.Newest(null, DateTimeOffset.MinValue, new HashSet<string>(), 10));
        Directory.Delete(_rig.Path);
        Assert.Equal(1, _rig.Append(A, "b").Seq);
    }

    [Fact]
    public void After_the_end_nothing_is_taken()
    {
        _rig.Post(A, "a");
        _rig.Log.Dispose();
        Assert.Throws<AggregateException>(() => _rig.Append(A, "b"));
        _rig.Reopen();
        Assert.Equal(["a"], _rig.ReadToEnd(A).Select(EventLogRig.Text));
    }

    private static List<long> Seqs(EventLog log)
    {
        var seqs = new List<long>();
        var after = 0L;
        while (log.Read(A, after, null, 100) is var page && page.Next > after)
        {
            seqs.AddRange(page.Events.Select(e => e.Seq));
            after = page.Next;
        }

        return seqs;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
