using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Arrows, editing keys and F1–F35: <c>CSI 1 ; m letter</c> or <c>CSI number ; m ~</c>, with the numbers of a VT220 up to F20 and of xterm's
/// keyboard beyond.
/// </summary>
internal static class FunctionKeys
{
    private static ReadOnlySpan<byte> Numbers =>
    [
        11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34,
        42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56,
    ];

    /// <param name="press">The key. One that has no form here gives nothing.</param>
    /// <param name="application">DECCKM: unmodified cursor keys are SS3.</param>
    /// <param name="text">Where to.</param>
    public static void EncodeLegacy(KeyPress press, bool application, ref ByteText text)
    {
        Key key = MainKey(press.Key);
        byte letter = key == Key.F3 ? (byte)'R' : Letter(key);
        if (letter != 0 && press.Held == KeyModifiers.None)
        {
            text.Add(key is >= Key.F1 and <= Key.F4 || application ? "\eO"u8 : "\e["u8);
            text.Add(letter);
            return;
        }

        Write(key, letter, press.Held, KeyAction.Press, ref text);
    }

    /// <summary>As the kitty protocol has it: no SS3, F3 as 13 (R is the cursor's report), event types.</summary>
    public static void EncodeKitty(KeyPress press, bool reportsEvents, ref ByteText text) =>
        Write(press.Key, Letter(press.Key), press.Modifiers, reportsEvents ? press.Action : KeyAction.Press, ref text);

    /// <summary>The key of <c>CSI letter</c> and SS3, or Character for none.</summary>
    public static Key OfLetter(byte letter) => letter switch
    {
        (byte)'A' => Key.Up,
        (byte)'B' => Key.Down,
        (byte)'C' => Key.Right,
        (byte)'D' => Key.Left,
        (byte)'E' => Key.KeypadBegin,
        (byte)'F' => Key.End,
        (byte)'H' => Key.Home,
        >= (byte)'P' and <= (byte)'S' => Key.F1 + (letter - 'P'),
        _ => Key.Character,
    };

    /// <summary>The key of <c>CSI number ~</c>, or Character for none. 1, 4, 7 and 8 are Home and End of other keyboards.</summary>
    public static Key OfNumber(int number)
    {
        int index = number is > 0 and <= 56 ? Numbers.IndexOf((byte)number) : -1;
        return index >= 0 ? Key.F1 + index : number switch
        {
            1 or 7 => Key.Home,
            2 => Key.Insert,
            3 => Key.Delete,
            4 or 8 => Key.End,
            5 => Key.PageUp,
            6 => Key.PageDown,
            57427 => Key.KeypadBegin,
            _ => Key.Character,
        };
    }

    private static byte Letter(Key key) => key switch
    {
        Key.Up => (byte)'A',
        Key.Down => (byte)'B',
        Key.Right => (byte)'C',
        Key.Left => (byte)'D',
        Key.KeypadBegin => (byte)'E',
        Key.End => (byte)'F',
        Key.Home => (byte)'H',
        Key.F1 => (byte)'P',
        Key.F2 => (byte)'Q',
        Key.F4 => (byte)'S',
        _ => 0,
    };

    private static int Number(Key key) => key switch
    {
        Key.Insert => 2,
        Key.Delete => 3,
        Key.PageUp => 5,
        Key.PageDown => 6,
        Key.Menu => 29,
        >= Key.F1 and <= Key.F35 => Numbers[key - Key.F1],
        _ => 0,
    };

    // Without NumLock the keypad's keys are the others.
    private static Key MainKey(Key key) => key switch
    {
        Key.KeypadLeft => Key.Left,
        Key.KeypadRight => Key.Right,
        Key.KeypadUp => Key.Up,
        Key.KeypadDown => Key.Down,
        Key.KeypadPageUp => Key.PageUp,
        Key.KeypadPageDown => Key.PageDown,
        Key.KeypadHome => Key.Home,
        Key.KeypadEnd => Key.End,
        Key.KeypadInsert => Key.Insert,
        Key.KeypadDelete => Key.Delete,
        _ => key,
    };

    private static void Write(Key key, byte letter, KeyModifiers modifiers, KeyAction action, ref ByteText text)
    {
        int number = letter != 0 ? 1 : Number(key);
        if (number == 0)
        {
            return;
        }

        bool hasField = modifiers != KeyModifiers.None || action != KeyAction.Press;
        text.Add("\e["u8);
        if (letter == 0 || hasField)
        {
            text.Add(number);
        }

        if (hasField)
        {
            text.Add((byte)';');
            text.Add((int)modifiers + 1);
        }

        if (action != KeyAction.Press)
        {
            text.Add((byte)':');
            text.Add((int)action + 1);
        }

        text.Add(letter != 0 ? letter : (byte)'~');
    }
}
