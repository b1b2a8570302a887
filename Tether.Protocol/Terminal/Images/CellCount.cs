namespace Tether.Protocol.Terminal.Images;

/// <summary>Pixels to cells.</summary>
internal static class CellCount
{
    /// <summary>Cells that so many pixels touch, at least one.</summary>
    public static int Of(double pixels, int cellSize) => (int)Math.Clamp(Math.Ceiling(pixels / Math.Max(1, cellSize)), 1, PixelSize.Most);
}
