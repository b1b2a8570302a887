namespace Tether.Protocol.Terminal.Keys;

/// <summary>Modifiers as xterm and kitty number them; the parameter they send is this plus one.</summary>
[Flags]
public enum KeyModifiers : byte
{
    None = 0,
    Shift = 1,
    Alt = 2,
    Control = 4,
    Super = 8,
}
