using System.Text;
using Tether.Protocol.Terminal.Images;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Images;

public sealed class SixelMeterTests
{
    [Theory]
    [InlineData("~", 1, 6)]
    [InlineData("@", 1, 1)]
    [InlineData("`", 1, 6)]
    [InlineData("???@", 4, 1)]
    [InlineData("@???", 1, 1)]
    [InlineData("???", 0, 0)]
    [InlineData("!10~", 10, 6)]
    [InlineData("~!9?@", 11, 6)]
    [InlineData("!3~$!5@", 5, 6)]
    [InlineData("~-~", 1, 12)]
    [InlineData("~-@", 1, 7)]
    [InlineData("~---", 1, 6)]
    [InlineData("#0;2;100;0;0#0!4~#1$!2N-#0@", 4, 7)]
    [InlineData("\"1;1;30;20", 30, 20)]
    [InlineData("\"1;1;30;20~", 30, 20)]
    [InlineData("\"1;1;3;3!10~-@", 10, 7)]
    [InlineData("\"2;1;30;20#0!40~", 40, 20)]
    [InlineData("\"1;1;30~", 1, 6)]
    [InlineData("\"1;1;0;0~", 1, 6)]
    [InlineData("!~", 1, 6)]
    [InlineData("! 1 2 ~", 12, 6)]
    [InlineData("~\r\n~", 2, 6)]
    [InlineData("", 0, 0)]
    public void The_size_is_that_of_the_pixels_drawn_or_declared(string data, int width, int height)
    {
        Assert.Equal(new PixelSize(width, height), Measure(Encoding.ASCII.GetBytes(data), data.Length + 1));
        Assert.Equal(new PixelSize(width, height), Measure(Encoding.ASCII.GetBytes(data), 1));
    }

    [Theory]
    [InlineData("\"1;1;999999999;999999999~", 1, 6)]
    [InlineData("\"1;1;10000;10000~", 10_000, 10_000)]
    [InlineData("!2147483647~", PixelSize.Most, 6)]
    [InlineData("!99999999999999999999~!99999999999999999999~@", PixelSize.Most, 6)]
    public void What_is_larger_than_any_image_is_cut_or_not_believed(string data, int width, int height) =>
        Assert.Equal(new PixelSize(width, height), Measure(Encoding.ASCII.GetBytes(data), 4096));

    [Fact]
    public void Rows_without_end_stop_at_the_largest_image() =>
        Assert.Equal(new PixelSize(1, PixelSize.Most), Measure(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("~-", 5000))), 1000));

    [Fact]
    public void Any_bytes_in_any_pieces_give_the_same_size()
    {
        var random = new Random(7);
        for (int round = 0; round < 500; round++)
        {
            byte[] data = [.. Enumerable.Range(0, 60).Select(_ => random.Next(4) == 0 ? (byte)random.Next(256) : (byte)"?@~N0123456789;;!!\"\"$-#"[random.Next(23)])];
            PixelSize whole = Measure(data, data.Length);
            Assert.Equal(whole, Measure(data, 1));
            Assert.Equal(whole, Measure(data, 7));
        }
    }

    private static PixelSize Measure(byte[] data, int piece)
    {
        var meter = default(SixelMeter);
        foreach (byte[] part in data.Chunk(piece))
        {
            meter.Add(part);
        }

        return meter.Finish();
    }
}
