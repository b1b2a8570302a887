namespace Tether.Protocol.Terminal.Images;

/// <summary>Width and height in pixels; all zero where it is not known.</summary>
internal readonly record struct PixelSize(int Width, int Height)
{
    /// <summary>Most that an image may have in either direction; kitty's own limit.</summary>
    public const int Most = 10_000;

    public bool IsKnown => Width > 0 && Height > 0;

    /// <summary>The size, or nothing where it cannot be that of an image.</summary>
    public static PixelSize Of(long width, long height) =>
        width is > 0 and <= Most && height is > 0 and <= Most ? new PixelSize((int)width, (int)height) : default;
}
