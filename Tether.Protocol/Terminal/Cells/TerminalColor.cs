namespace Tether.Protocol.Terminal;

/// <summary>A colour as a program named it: default, one of the 256 palette entries, or 24-bit.</summary>
public readonly record struct TerminalColor(uint Bits)
{
    private const uint PaletteTag = 1u << 24;
    private const uint RgbTag = 2u << 24;

    public static TerminalColor Default => default;

    public bool IsDefault => Bits == 0;

    public bool IsPalette => Bits >> 24 == 1;

    public bool IsRgb => Bits >> 24 == 2;

    /// <summary>Palette index, 0–255.</summary>
    public int Index => (int)(Bits & 0xFF);

    /// <summary>0xRRGGBB.</summary>
    public int Rgb => (int)(Bits & 0xFFFFFF);

    public static TerminalColor Palette(int index) => new(PaletteTag | (uint)(index & 0xFF));

    public static TerminalColor FromRgb(int rgb) => new(RgbTag | (uint)(rgb & 0xFFFFFF));
}
