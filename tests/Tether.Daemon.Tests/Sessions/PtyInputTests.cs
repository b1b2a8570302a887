using Tether.Daemon.Native;
using Tether.Daemon.Sessions;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class PtyInputTests : IDisposable
{
    private readonly PtyPair _program = new();
    private readonly PtyInput _input;

    public PtyInputTests() => _input = new PtyInput(new Pty(_program.Master, default));

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Every_byte_value_reaches_the_program()
    {
        var all = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        Assert.True(_input.Write(all));
        Assert.Equal(all, _program.ReadInput(256));
    }

    [Fact]
    public void Ten_megabytes_arrive_whole_and_in_order_whatever_the_program_reads_at_a_time()
    {
        var paste = new byte[10_000_000];
        new Random(1).NextBytes(paste);
        Assert.True(_input.Write(paste));
        Assert.True(paste.AsSpan().SequenceEqual(ReadAll(paste.Length)));
        Assert.Equal(0, _input.Waiting);
    }

    [Fact]
    public void What_a_slow_program_has_read_is_not_kept()
    {
        var random = new Random(2);
        var written = new List<byte>();
        var read = new List<byte>();
        for (var round = 0; round < 3000; round++)
        {
            // It always has much more to read than the kernel keeps for it.
            var typed = new byte[round == 0 ? 400_000 : 1000];
            random.NextBytes(typed);
            Assert.True(_input.Write(typed));
            written.AddRange(typed);
            read.AddRange(_program.ReadInput(1000));
            _input.Continue();
            Assert.InRange(_input.Waiting, 1, 400_000);
            Assert.InRange(_input.Reserved, 1, 2_000_000);
        }

        read.AddRange(ReadAll(written.Count - read.Count));
        Assert.True(written.SequenceEqual(read));
    }

    [Fact]
    public void More_than_the_limit_is_refused_whole()
    {
        Assert.True(_input.Write(new byte[PtyInput.Limit]));
        var waiting = _input.Waiting;
        Assert.False(_input.Write(new byte[PtyInput.Limit]));
        Assert.Equal(waiting, _input.Waiting);
    }

    [Fact]
    public void A_program_that_is_gone_takes_nothing_and_breaks_nothing()
    {
        _program.CloseSlave();
        Assert.True(_input.Write("x"u8));
        _input.Continue();
    }

    private byte[] ReadAll(int count)
    {
        var all = new List<byte>(count);
        while (all.Count < count)
        {
            all.AddRange(_program.ReadInput(Math.Min(4000, count - all.Count)));
            _input.Continue();
        }

        return [.. all];
    }
}
