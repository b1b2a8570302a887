using Tether.Daemon.Sessions;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class HiddenSpansTests
{
    private readonly HiddenSpans _spans = new();

    [Theory]
    [InlineData(0, 100, 0, 10)]
    [InlineData(10, 100, 20, 30)]
    [InlineData(15, 100, 20, 30)]
    [InlineData(20, 100, 20, 30)]
    [InlineData(29, 35, 29, 30)]
    [InlineData(30, 100, 50, 100)]
    [InlineData(60, 100, 60, 100)]
    [InlineData(0, 5, 0, 5)]
    public void A_piece_of_output_begins_behind_what_is_hidden_and_ends_before_the_next(long from, long end, long expectedFrom, long expectedEnd)
    {
        _spans.Add(10, 20);
        _spans.Add(30, 40);
        _spans.Add(40, 50);
        _spans.Clip(ref from, ref end);
        Assert.Equal((expectedFrom, expectedEnd), (from, end));
    }

    [Fact]
    public void Any_stream_of_queries_and_text_gives_the_text()
    {
        var random = new Random(3);
        var visible = new List<long>();
        var seen = new List<long>();
        long offset = 0, cursor = 0, oldest = 0;
        for (var round = 0; round < 2000; round++)
        {
            for (var i = random.Next(1, 20); i > 0; i--)
            {
                var length = random.Next(1, 4);
                if (random.Next(2) == 0)
                {
                    _spans.Add(offset, offset + length);
                }
                else
                {
                    visible.AddRange(Enumerable.Range(0, length).Select(at => offset + at));
                }

                offset += length;
            }

            while (cursor < offset)
            {
                var end = offset;
                _spans.Clip(ref cursor, ref end);
                for (; cursor < end; cursor++)
                {
                    seen.Add(cursor);
                }
            }

            oldest = Math.Max(oldest, offset - 500);
            _spans.DropBefore(oldest);
            Assert.InRange(_spans.Count, 0, 500);
        }

        Assert.Equal(visible, seen);
    }

    [Fact]
    public void A_hundred_thousand_queries_are_looked_through_quickly()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _spans.Add(2 * i, (2 * i) + 1);
        }

        var start = TimeProvider.System.GetTimestamp();
        long cursor = 0;
        while (cursor < 200_000)
        {
            long end = 200_000;
            _spans.Clip(ref cursor, ref end);
            cursor = Math.Max(end, cursor);
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, 1);
    }
}
