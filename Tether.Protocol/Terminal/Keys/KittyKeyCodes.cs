namespace Tether.Protocol.Terminal.Keys;

/// <summary>Numbers of keys in the kitty keyboard protocol's <c>CSI number u</c>, by its table of functional keys.</summary>
internal static class KittyKeyCodes
{
    private const int FirstPrivate = 57344;
    private const int LastPrivate = 63743;

    private static readonly (Key First, Key Last, int Code)[] Ranges =
    [
        (Key.CapsLock, Key.Menu, 57358),
        (Key.F13, Key.F35, 57376),
        (Key.Keypad0, Key.KeypadBegin, 57399),
        (Key.MediaPlay, Key.VolumeMute, 57428),
        (Key.LeftShift, Key.IsoLevel5Shift, 57441),
    ];

    /// <summary>The number, or 0 for keys that have a form of their own (arrows, F1–F12 …).</summary>
    public static int Of(Key key)
    {
        foreach ((Key first, Key last, int code) in Ranges)
        {
            if (key >= first && key <= last)
            {
                return code + (key - first);
            }
        }

        return key switch { Key.Enter => 13, Key.Tab => 9, Key.Backspace => 127, Key.Escape => 27, _ => 0 };
    }

    /// <summary>The key of a number; false for a character's code point, and for what is neither.</summary>
    public static bool TryFind(int code, out Key key)
    {
        foreach ((Key first, Key last, int start) in Ranges)
        {
            if (code >= start && code <= start + (last - first))
            {
                key = first + (code - start);
                return true;
            }
        }

        key = code switch { 13 => Key.Enter, 9 => Key.Tab, 127 or 8 => Key.Backspace, 27 => Key.Escape, _ => Key.Character };
        return key != Key.Character;
    }

    /// <summary>True for what stands for a character: no control, no surrogate, none of the numbers kept for keys.</summary>
    public static bool IsCharacter(int code) =>
        code is >= 0x20 and <= 0x10FFFF and not (>= 0x7F and < 0xA0) and not (>= 0xD800 and < 0xE000) and not (>= FirstPrivate and <= LastPrivate);

    /// <summary>Modifiers as keys, and locks: kitty tells of them only with all keys.</summary>
    public static bool IsModifier(Key key) => key is >= Key.LeftShift or (>= Key.CapsLock and <= Key.NumLock);
}
