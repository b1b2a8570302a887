using System.Collections.Concurrent;
using System.Text;
using Tether.Daemon.External;
using Tether.Daemon.Native;
using Xunit;

namespace Tether.Daemon.Tests.External;

public sealed unsafe class LineEndsTests : IDisposable
{
    private readonly LineEnds _ends = new();
    private readonly BlockingCollection<(string Session, string? Line)> _typed = [];
    private readonly int _master;
    private Task _told = Task.CompletedTask;

    public LineEndsTests()
    {
        _ends.Typed = (session, line) =>
        {
            _typed.Add((session, line));
            return _told;
        };
        _master = _ends.Open("one", 80, 24);
    }

    public void Dispose()
    {
        _ends.Dispose();
        _ = Libc.close(_master);
    }

    [Theory]
    [InlineData("hello\r", "hello")]
    [InlineData("helo\u007flo\r", "hello")]
    [InlineData("wrong\u0015right\r", "right")]
    [InlineData("two words\u0017one\r", "two one")]
    [InlineData("h\u00e9\u007f\u00e9\r", "h\u00e9")]
    [InlineData("\u0004no end of file\r", "\u0004no end of file")]
    [InlineData("\u0013\u0011no flow control\r", "\u0013\u0011no flow control")]
    [InlineData("\r", "")]
    public void A_line_comes_whole_as_the_person_left_it(string keys, string line)
    {
        Type(keys);
        Assert.Equal(("one", line), Next());
    }

    [Fact]
    public void Nothing_comes_before_the_line_is_sent()
    {
        Type("first\rsecond");
        Assert.Equal("first", Next().Line);
        Type("!\r");
        Assert.Equal("second!", Next().Line);
    }

    [Fact]
    public void Control_c_comes_at_once_and_drops_what_stood()
    {
        Type("a draft\u0003");
        Assert.Null(Next().Line);
        Type("next\r");
        Assert.Equal("next", Next().Line);
    }

    [Fact]
    public void What_is_typed_is_echoed_and_what_is_printed_ends_its_lines_as_terminals_want_it()
    {
        Type("hi\r");
        Assert.Equal("hi\r\n", Read(4));
        _ends.PrintAsync("one", "one\ntwo\n"u8.ToArray()).Ends();
        Assert.Equal("one\r\ntwo\r\n", Read(10));
    }

    [Fact]
    public void A_text_larger_than_any_buffer_arrives_whole_and_in_order_and_waits_meanwhile()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"{number:D8}."));
        var first = _ends.PrintAsync("one", Encoding.ASCII.GetBytes(text));
        var second = _ends.PrintAsync("one", "the second"u8.ToArray());

        Assert.False(first.IsCompleted && second.IsCompleted);
        Assert.Equal(text + "the second", Read(text.Length + 10));
        first.Ends();
        second.Ends();
    }

    [Fact]
    public void One_session_that_nobody_reads_does_not_hold_up_another()
    {
        var other = _ends.Open("two", 80, 24);
        try
        {
            _ = _ends.PrintAsync("one", new byte[1 << 20]);
            _ends.PrintAsync("two", "through\n"u8.ToArray()).Ends();
            Assert.Equal("through\r\n", Read(9, other));
        }
        finally
        {
            _ = Libc.close(other);
        }
    }

    [Fact]
    public void When_the_session_is_gone_so_is_whatever_waits_for_it()
    {
        var other = _ends.Open("two", 80, 24);
        var waiting = _ends.PrintAsync("two", new byte[1 << 20]);
        _ = Libc.close(other);
        waiting.Ends();
        _ends.PrintAsync("two", "late"u8.ToArray()).Ends();
        _ends.PrintAsync("never", "late"u8.ToArray()).Ends();
    }

    [Fact]
    public void Who_types_faster_than_the_agent_is_told_waits_in_his_terminal()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _told = told.Task;
        for (var line = 0; line < 100; line++)
        {
            Type($"{line}\r");
        }

        for (var line = 0; line < 64; line++)
        {
            Assert.Equal($"{line}", Next().Line);
        }

        // The thread that reads has looked again by the time that it has printed.
        _ends.PrintAsync("one", "x"u8.ToArray()).Ends();
        Assert.Empty(_typed);

        told.SetResult();
        for (var line = 64; line < 100; line++)
        {
            Assert.Equal($"{line}", Next().Line);
        }
    }

    private (string Session, string? Line) Next() => _typed.TryTake(out var line, Soon.Limit) ? line : throw new TimeoutException("no line came");

    private void Type(string keys)
    {
        Assert.Equal(IoOutcome.Done, Descriptors.Write(_master, Encoding.UTF8.GetBytes(keys), out var count));
        Assert.Equal(Encoding.UTF8.GetByteCount(keys), count);
    }

    private string Read(int count, int? from = null)
    {
        using var poller = new Poller();
        poller.Add(from ?? _master, 0, read: true, write: false);
        Span<Readiness> ready = stackalloc Readiness[1];
        var all = new StringBuilder();
        var buffer = stackalloc byte[4096];
        while (all.Length < count && poller.Wait(ready, (int)Soon.Limit.TotalMilliseconds) > 0)
        {
            Descriptors.Read(from ?? _master, buffer, 4096, out var read);
            all.Append(Encoding.Latin1.GetString(buffer, read));
        }

        return all.ToString();
    }
}
