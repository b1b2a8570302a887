using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Unicode;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Unicode;

public sealed class DisplayWidthTests
{
    [Fact]
    public void Clusters_are_cut_and_measured_as_the_emulator_does()
    {
        int[] codePoints =
        [
            'a', '1', ' ', 0xe9, 0x301, 0x200d, 0xfe0e, 0xfe0f, 0x20e3, 0x1f468, 0x1f469, 0x2764, 0x231a, 0x1f1e9, 0x1f1ea, 0x1f3fd, 0x1100, 0x1161, 0x11a8,
            0xac00, 0x915, 0x94d, 0x937, 0x600, 0x903, 0x6f22, 0x200b, 0x200c, 0xfffd,
        ];
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                text.Append(char.ConvertFromUtf32(codePoints[random.Next(codePoints.Length)]));
            }

            Check($"x{text}");
        }
    }

    [Theory]
    [InlineData("\e[31m", 1, 0)]
    [InlineData("\r\n", 1, 0)]
    [InlineData("\ud83d", 1, 1)]
    public void Controls_and_halves_are_alone(string text, int length, int width)
    {
        Assert.Equal(length, DisplayWidth.NextCluster(text, out var columns));
        Assert.Equal(width, columns);
    }

    private static void Check(string text)
    {
        var emulator = new TerminalEmulator(new TerminalOptions { Columns = 30, Rows = 1 });
        emulator.Feed(Encoding.UTF8.GetBytes(text));
        var column = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = DisplayWidth.NextCluster(text.AsSpan(at), out var width);
            var cell = emulator.RowAt(emulator.TopRow).Cells[column];
            var expected = emulator.GetText(cell);
            var shown = cell.Width == CellWidth.Wide ? 2 : 1;
            Assert.True(expected == text.Substring(at, length) && shown == width, $"{string.Join(' ', text.EnumerateRunes().Select(r => $"{r.Value:x}"))} at {at}: {length}, {width}");
            column += width;
            at += length;
        }

        Assert.Equal(column, emulator.Cursor.Column);
    }
}
