using System.Buffers.Binary;

namespace Tether.Protocol.Tests.Terminal.Images;

/// <summary>The beginnings of image files, as far as they tell a size, with some data behind.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height)
    {
        byte[] png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[8], 8, 6, 0, 0, 0, 1, 2, 3, 4, .. new byte[200]];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    public static byte[] Gif(int width, int height) =>
        [.. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0xF7, 0, 0, .. new byte[50]];

    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="comment">Bytes of comments before the frame header.</param>
    public static byte[] Jpeg(int width, int height, int comment = 20)
    {
        List<byte> jpeg = [0xFF, 0xD8];
        for (int left = comment; left > 0; left -= 60_000)
        {
            int length = Math.Min(left, 60_000) + 2;
            jpeg.AddRange([0xFF, 0xFE, (byte)(length >> 8), (byte)length, .. Enumerable.Repeat((byte)0xC0, length - 2)]);
        }

        jpeg.AddRange([0xFF, 0xC4, 0, 3, 0, 0xFF, 0xFF, 0xC2, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, .. new byte[30]]);
        return [.. jpeg];
    }
}
