using System.Text;
using Tether.Daemon.Agents.Stores;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Stores;

public sealed class LineScanTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    [Theory]
    [InlineData("", new string[0], 0)]
    [InlineData("a", new string[0], 0)]
    [InlineData("a\n", new[] { "0:a" }, 2)]
    [InlineData("a\n\nbc\nd", new[] { "0:a", "2:", "3:bc" }, 6)]
    public void Whole_lines_are_given_with_their_places_and_the_rest_is_left(string content, string[] lines, long end)
    {
        var given = new List<string>();
        Assert.Equal(end, Scan(content, 0, content.Length, (offset, _, line) => given.Add($"{offset}:{Encoding.UTF8.GetString(line)}")));
        Assert.Equal(lines, given);
    }

    [Fact]
    public void Lines_of_any_length_come_whole_wherever_the_buffers_end()
    {
        var lines = Enumerable.Range(0, 60).Select(i => new string((char)('a' + (i % 26)), i * i * 50)).ToArray();
        var content = string.Concat(lines.Select(line => line + "\n"));
        var given = new List<string>();
        var places = new List<long>();
        Assert.Equal(content.Length, Scan(content, 0, content.Length, (offset, length, line) =>
        {
            given.Add(Encoding.UTF8.GetString(line));
            places.Add(offset);
            Assert.Equal(line.Length, length);
        }));
        Assert.Equal(lines, given);
        Assert.All(places, place => Assert.True(place == 0 || content[(int)place - 1] == '\n'));
    }

    [Fact]
    public void A_line_that_is_too_long_is_told_without_its_text_and_the_next_is_whole()
    {
        var content = "a\n" + new string('x', LineScan.LongestLine + 100_000) + "\nb\n";
        var given = new List<(long Offset, long Length, string Text)>();
        Assert.Equal(content.Length, Scan(content, 0, content.Length, (offset, length, line) => given.Add((offset, length, Encoding.UTF8.GetString(line)))));
        Assert.Equal([(0, 1, "a"), (2, LineScan.LongestLine + 100_000, ""), (content.Length - 2, 1, "b")], given);
    }

    [Fact]
    public void The_next_line_begins_behind_the_next_end()
    {
        using var file = Open("ab\ncd\n");
        Assert.Equal(3, LineScan.NextLine(file, 0, 6));
        Assert.Equal(3, LineScan.NextLine(file, 2, 6));
        Assert.Equal(6, LineScan.NextLine(file, 3, 6));
        Assert.Equal(5, LineScan.NextLine(file, 3, 5));
    }

    public void Dispose() => _scratch.Dispose();

    private long Scan(string content, long from, long to, Given given)
    {
        using var file = Open(content);
        return LineScan.Read(file, from, to, (offset, length, line) =>
        {
            given(offset, length, line);
            return true;
        });
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle Open(string content) => File.OpenHandle(_scratch.Write("file", content));

    private delegate void Given(long offset, long length, ReadOnlySpan<byte> line);
}
