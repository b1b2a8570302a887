using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Storage;

public sealed class RegistryQueueTests
{
    private readonly RegistryQueue _queue = new(TimeProvider.System);

    [Fact]
    public void Many_saves_of_one_session_are_one_change()
    {
        for (var i = 1; i <= 1000; i++)
        {
            Save("a", i);
        }

        Save("b", 1);
        var batch = _queue.Take(0)!;
        Assert.Equal(2, batch.Sessions.Count);
        Assert.Equal(1000, batch.Sessions["a"]!.ProcessStartTime);
    }

    [Fact]
    public void A_batch_that_is_taken_back_gives_way_to_what_came_since()
    {
        Save("a", 1);
        Save("b", 1);
        _queue.Put(batch => batch.DropsOldEvents = true);
        var failed = _queue.Take(0)!;
        Save("a", 2);
        _queue.Put(batch => batch.Sessions["b"] = null);
        Assert.True(_queue.TakeBack(failed));

        var batch = _queue.Take(0)!;
        Assert.Equal(2, batch.Sessions["a"]!.ProcessStartTime);
        Assert.Null(batch.Sessions["b"]);
        Assert.True(batch.DropsOldEvents);
    }

    [Fact]
    public void What_is_queued_at_the_end_is_still_taken_and_then_nothing()
    {
        Save("a", 1);
        _queue.Close();
        Assert.NotNull(_queue.Take(long.MaxValue));
        Assert.Null(_queue.Take(long.MaxValue));
    }

    [Fact]
    public void A_flush_waits_until_what_was_put_before_it_is_settled()
    {
        Save("a", 1);
        Assert.False(_queue.Flush(TimeSpan.Zero));
        _queue.Take(long.MaxValue);
        Assert.False(_queue.Flush(TimeSpan.Zero));
        _queue.Settle();
        Assert.True(_queue.Flush(TimeSpan.Zero));
    }

    private void Save(string id, long startTime)
    {
        var record = new SessionRecord { Id = id, Title = id, Provider = "shell", Directory = "/" };
        _queue.Put(batch => batch.Sessions[id] = new StoredSession(record, startTime, id));
    }
}
