namespace Tether.Protocol.Terminal;

/// <summary>What SGR switches on and off, beside colours. The low three bits hold the <see cref="UnderlineKind"/>.</summary>
[Flags]
public enum StyleFlags : ushort
{
    None = 0,
    UnderlineMask = 7,
    Bold = 1 << 3,
    Faint = 1 << 4,
    Italic = 1 << 5,
    Blink = 1 << 6,
    RapidBlink = 1 << 7,
    Inverse = 1 << 8,
    Hidden = 1 << 9,
    Strike = 1 << 10,
    Overline = 1 << 11,
}
