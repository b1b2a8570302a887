using System.Text;
using Tether.Protocol.Terminal.Images;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Images;

public sealed class ImageHeaderTests
{
    [Fact]
    public void Png_gif_and_jpeg_tell_their_size_in_any_pieces()
    {
        foreach (byte[] image in new[] { Pictures.Png(300, 200), Pictures.Gif(300, 200), Pictures.Jpeg(300, 200), Pictures.Jpeg(300, 200, 70_000) })
        {
            byte[] text = Encoding.ASCII.GetBytes(Convert.ToBase64String(image));
            foreach (int piece in new[] { 1, 3, 5, text.Length })
            {
                Assert.Equal(new PixelSize(300, 200), SizeOf(text, piece));
            }
        }
    }

    [Fact]
    public void Line_feeds_in_base64_are_passed_over()
    {
        string text = Convert.ToBase64String(Pictures.Png(7, 9), Base64FormattingOptions.InsertLineBreaks);
        Assert.Equal(new PixelSize(7, 9), SizeOf(Encoding.ASCII.GetBytes(text.Insert(3, "\n")), 100));
    }

    [Fact]
    public void What_is_no_image_or_cannot_be_one_has_no_size()
    {
        Assert.Equal(default, SizeOf("bm9uc2Vuc2Ugb2Ygc29tZSBsZW5ndGg="u8.ToArray(), 100));
        Assert.Equal(default, SizeOf(Encode(Pictures.Png(0, 10)), 100));
        Assert.Equal(default, SizeOf(Encode(Pictures.Png(-1, -1)), 100));
        Assert.Equal(default, SizeOf(Encode(Pictures.Png(20_000, 10)), 100));
        Assert.Equal(default, SizeOf(Encode(Pictures.Jpeg(10, 10)[..9]), 100));
        Assert.Equal(default, SizeOf(Encode([0xFF, 0xD8, 0xFF, 0xDA, 0, 0, 0, 0]), 100));
    }

    [Fact]
    public void Random_bytes_after_any_signature_neither_throw_nor_give_an_impossible_size()
    {
        var random = new Random(3);
        byte[][] starts = [[0xFF, 0xD8], [.. "GIF89a"u8], Pictures.Png(1, 1)[..16], []];
        for (int round = 0; round < 2000; round++)
        {
            var noise = new byte[60];
            random.NextBytes(noise);
            PixelSize size = SizeOf(Encode([.. starts[round % starts.Length], .. noise]), 11);
            Assert.InRange(size.Width, 0, PixelSize.Most);
            Assert.InRange(size.Height, 0, PixelSize.Most);
        }
    }

    private static byte[] Encode(byte[] image) => Encoding.ASCII.GetBytes(Convert.ToBase64String(image));

    private static PixelSize SizeOf(byte[] text, int piece)
    {
        var header = default(ImageHeader);
        foreach (byte[] part in text.Chunk(piece))
        {
            header.AddBase64(part);
        }

        return header.Size;
    }
}
