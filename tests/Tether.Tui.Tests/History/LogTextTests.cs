using Tether.Tui.History;
using Xunit;

namespace Tether.Tui.Tests.History;

public sealed class LogTextTests
{
    private readonly List<string> _lines = [];
    private readonly LogText _log;

    public LogTextTests() => _log = new LogText(_lines.Add);

    [Fact]
    public void A_line_is_given_out_when_it_has_left_the_screen()
    {
        Take(new Records().Resize(20, 3).Output("one\r\ntwo\r\nthree\r\nfour"));
        Assert.Equal(["one"], _lines);
        _log.Finish();
        Assert.Equal(["one", "two", "three", "four"], _lines);
    }

    [Fact]
    public void Progress_that_overwrote_itself_is_one_line()
    {
        Take(new Records().Resize(20, 3).Output("10%\r20%\r100%\e[K\r\ndone\r\n"));
        _log.Finish();
        Assert.Equal(["100%", "done"], _lines);
    }

    [Fact]
    public void A_line_longer_than_the_screen_is_one_line()
    {
        Take(new Records().Resize(10, 3).Output("0123456789abcdefghij--end\r\nnext\r\n\r\n"));
        _log.Finish();
        Assert.Equal(["0123456789abcdefghij--end", "next"], _lines);
    }

    [Theory]
    [InlineData(10, 40)]
    [InlineData(40, 10)]
    public void A_resize_neither_loses_nor_doubles_a_line(int before, int after)
    {
        var records = new Records().Resize(before, 4);
        var expected = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            expected.Add($"{i} {new string('x', i % 35)}");
            records.Output(expected[^1] + "\r\n");
            _ = i % 20 == 19 ? records.Resize(i % 40 == 19 ? after : before, 4) : records;
        }

        Take(records);
        _log.Finish();
        Assert.Equal(expected.Select(line => line.TrimEnd()), _lines);
    }

    [Fact]
    public void Records_that_come_again_are_not_printed_again()
    {
        var records = new Records().Resize(20, 2).Output("one\r\ntwo\r\nthree\r\n");
        Take(records);
        Take(records);
        _log.Finish();
        Assert.Equal(["one", "two", "three"], _lines);
    }

    private void Take(Records records) => records.Give(_log.Take);
}
