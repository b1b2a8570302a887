using Tether.Daemon.Native;
using Tether.Daemon.Server;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class OutboxTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly UnixSocket _client;
    private readonly UnixSocket _server;
    private readonly Outbox _outbox;

    public OutboxTests()
    {
        using var listener = UnixSocket.Listen(_scratch.File("s"));
        _client = UnixSocket.Connect(_scratch.File("s"))!;
        _server = listener.Accept()!;
        _outbox = new Outbox(_server);
    }

    public void Dispose()
    {
        _outbox.CloseAndWait();
        _client.Dispose();
        _server.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void What_the_socket_takes_is_sent_at_once_on_the_callers_thread()
    {
        var sentOn = -1;
        _outbox.Send("hello"u8.ToArray(), _ => sentOn = Environment.CurrentManagedThreadId);
        Assert.Equal(Environment.CurrentManagedThreadId, sentOn);
        Assert.Equal("hello"u8, Read(5));
    }

    [Fact]
    public void What_it_does_not_take_follows_in_order_without_anybody_waiting()
    {
        var outcomes = new System.Collections.Concurrent.ConcurrentQueue<bool>();
        for (var i = 0; i < 60; i++)
        {
            _outbox.Send(new[] { (byte)i }, Enumerable.Repeat((byte)i, 99_999).ToArray(), outcomes.Enqueue);
        }

        var all = Read(60 * 100_000);
        for (var i = 0; i < 60; i++)
        {
            Assert.True(all.AsSpan(i * 100_000, 100_000).IndexOfAnyExcept((byte)i) < 0);
        }

        Assert.True(SpinWait.SpinUntil(() => outcomes.Count == 60, Soon.Limit));
        Assert.All(outcomes, Assert.True);
    }

    [Fact]
    public void Whoever_waits_when_it_closes_hears_that_nothing_was_sent()
    {
        var outcomes = new System.Collections.Concurrent.ConcurrentQueue<bool>();
        for (var i = 0; i < 10; i++)
        {
            _outbox.Send(new byte[500_000], outcomes.Enqueue);
        }

        _outbox.CloseAndWait();
        _outbox.Send(new byte[10], outcomes.Enqueue);
        Assert.True(SpinWait.SpinUntil(() => outcomes.Count == 11, Soon.Limit));
        Assert.All(outcomes, Assert.False);
    }

    [Fact]
    public void So_much_may_wait_and_then_the_client_has_stopped_reading_for_good()
    {
        var refused = 0;
        for (var i = 0; i < 40; i++)
        {
            _outbox.Send(new byte[1 << 20], isSent => refused += isSent ? 0 : 1);
        }

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref refused) == 40, Soon.Limit));
    }

    private byte[] Read(int count)
    {
        var bytes = new byte[count];
        var none = -1;
        Assert.True(Task.Run(() => _client.Receive(bytes, ref none)).Result());
        return bytes;
    }
}
