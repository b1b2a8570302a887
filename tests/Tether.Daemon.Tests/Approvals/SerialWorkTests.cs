using Tether.Daemon.Approvals;
using Xunit;

namespace Tether.Daemon.Tests.Approvals;

public sealed class SerialWorkTests
{
    [Fact]
    public async Task Pieces_are_done_in_order_and_never_two_at_once()
    {
        using var work = new SerialWork(e => Assert.Fail(e.Message));
        var (running, seen, all) = (0, new List<int>(), new TaskCompletionSource());
        for (var i = 0; i < 10_000; i++)
        {
            var piece = i;
            work.Post(() =>
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                seen.Add(piece);
                Interlocked.Decrement(ref running);
                if (piece == 9_999)
                {
                    all.SetResult();
                }
            });
        }

        await all.Task.WaitAsync(Soon.Limit);
        Assert.Equal(Enumerable.Range(0, 10_000), seen);
    }

    [Fact]
    public async Task What_one_piece_throws_is_told_and_the_next_is_done()
    {
        var failed = new List<string>();
        using var work = new SerialWork(e => failed.Add(e.Message));
        var done = new TaskCompletionSource();
        work.Post(() => throw new InvalidOperationException("first"));
        work.Post(done.SetResult);
        await done.Task.WaitAsync(Soon.Limit);
        Assert.Equal(["first"], failed);
    }

    [Fact]
    public async Task Work_may_leave_work()
    {
        using var work = new SerialWork(e => Assert.Fail(e.Message));
        var done = new TaskCompletionSource();
        work.Post(() => work.Post(done.SetResult));
        await done.Task.WaitAsync(Soon.Limit);
    }

    [Fact]
    public async Task What_is_left_after_the_end_is_not_done()
    {
        var (held, isDone, last) = (new TaskCompletionSource(), false, new TaskCompletionSource());
        var work = new SerialWork(e => Assert.Fail(e.Message));
        work.Post(() => held.Task.Wait());
        work.Post(last.SetResult);
        work.Dispose();
        work.Post(() => isDone = true);
        held.SetResult();
        await last.Task.WaitAsync(Soon.Limit);
        Assert.False(isDone);
    }
}
