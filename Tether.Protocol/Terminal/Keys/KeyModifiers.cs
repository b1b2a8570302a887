namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Modifiers as kitty numbers them; the parameter sent is this plus one. Where xterm reports Meta (8), <see cref="Super"/> is read.
/// </summary>
[Flags]
public enum KeyModifiers : byte
{
    None = 0,
    Shift = 1,
    Alt = 2,
    Control = 4,
    Super = 8,
    Hyper = 16,
    Meta = 32,
    CapsLock = 64,
    NumLock = 128,

    /// <summary>What is on rather than held: changes no key's meaning, and only kitty's protocol tells of it.</summary>
    Locks = CapsLock | NumLock,
}
