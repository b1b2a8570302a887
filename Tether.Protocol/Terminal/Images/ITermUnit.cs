namespace Tether.Protocol.Terminal.Images;

/// <summary>What a width or height of iTerm2's counts.</summary>
internal enum ITermUnit : byte
{
    Auto,
    Cells,
    Pixels,
    Percent,
}
