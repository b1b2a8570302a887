using System.Text;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>Keys from control bytes, SS3 and CSI sequences. Every method says false, or Character, for what is no key.</summary>
internal static class KeyDecoder
{
    /// <summary>A byte below 80, as old keyboards sent it: NUL is Control-Space, 08 is Control-H, 7F is Backspace.</summary>
    public static KeyPress OfByte(byte b, KeyModifiers modifiers) => b switch
    {
        0x00 => KeyPress.Of(' ', modifiers | KeyModifiers.Control),
        0x09 => KeyPress.Of(Key.Tab, modifiers),
        0x0D => KeyPress.Of(Key.Enter, modifiers),
        0x1B => KeyPress.Of(Key.Escape, modifiers),
        0x7F => KeyPress.Of(Key.Backspace, modifiers),
        <= 26 => KeyPress.Of('a' - 1 + b, modifiers | KeyModifiers.Control),
        < 0x20 => KeyPress.Of('@' + b, modifiers | KeyModifiers.Control),
        _ => KeyPress.Of(b, modifiers),
    };

    /// <summary><c>SS3 letter</c>: cursor keys, F1–F4, the keypad, and rxvt's Control-arrows.</summary>
    public static bool TryOfSs3(byte letter, int modifier, KeyModifiers alt, out KeyPress press)
    {
        KeyModifiers modifiers = Modifiers(modifier) | alt;
        int keypad = "pqrstuvwxynojmkMXl"u8.IndexOf(letter);
        press = letter switch
        {
            >= (byte)'a' and <= (byte)'d' => KeyPress.Of(Key.Up + (letter - 'a'), modifiers | KeyModifiers.Control),
            (byte)'I' => KeyPress.Of(Key.Tab, modifiers),
            (byte)' ' => KeyPress.Of(' ', modifiers),
            _ => KeyPress.Of(keypad >= 0 ? Key.Keypad0 + keypad : FunctionKeys.OfLetter(letter), modifiers),
        };
        return press.Key != Key.Character || press.CodePoint != 0;
    }

    /// <summary><c>CSI 1 ; modifiers[:event] letter</c>, <c>CSI letter</c>, <c>CSI Z</c>, and rxvt's Shift-arrows.</summary>
    public static bool TryOfLetter(in InputParameters parameters, byte letter, KeyModifiers alt, out KeyPress press)
    {
        // modifyCursorKeys 1 sends the modifiers first.
        bool isAlone = !parameters.Has(1) && parameters.Get(0) > 1;
        KeyModifiers modifiers = (isAlone ? Modifiers(parameters.Get(0)) : Modifiers(parameters.Get(1))) | alt;
        press = letter switch
        {
            (byte)'Z' => KeyPress.Of(Key.Tab, modifiers | KeyModifiers.Shift),
            >= (byte)'a' and <= (byte)'d' when parameters.Count == 0 => KeyPress.Of(Key.Up + (letter - 'a'), modifiers | KeyModifiers.Shift),
            _ => KeyPress.Of(FunctionKeys.OfLetter(letter), modifiers),
        };
        press = press with { Action = Action(parameters) };
        return press.Key != Key.Character;
    }

    /// <summary><c>CSI number ; modifiers[:event] ~</c>, modifyOtherKeys' <c>CSI 27 ; modifiers ; code ~</c>, rxvt's ^ (Control) and @ (with Shift).</summary>
    public static bool TryOfNumber(in InputParameters parameters, byte final, KeyModifiers alt, out KeyPress press)
    {
        KeyModifiers modifiers = Modifiers(parameters.Get(1)) | alt | final switch
        {
            (byte)'^' => KeyModifiers.Control,
            (byte)'@' => KeyModifiers.Control | KeyModifiers.Shift,
            _ => KeyModifiers.None,
        };
        int number = parameters.Get(0);
        if (number == 27 && parameters.Has(2))
        {
            int code = parameters.Get(2);
            press = KittyKeyCodes.TryFind(code, out Key other) ? KeyPress.Of(other, modifiers) : KeyPress.Of(code, modifiers);
            return press.Key != Key.Character || KittyKeyCodes.IsCharacter(code);
        }

        press = KeyPress.Of(FunctionKeys.OfNumber(number), modifiers) with { Action = Action(parameters) };
        return press.Key != Key.Character;
    }

    /// <summary>Kitty's <c>CSI code[:shifted[:base]] ; modifiers[:event] ; text u</c>, which is formatOtherKeys 1 as well.</summary>
    public static bool TryOfKitty(in InputParameters parameters, KeyModifiers alt, out KeyPress press)
    {
        int code = parameters.Get(0);
        KeyModifiers modifiers = Modifiers(parameters.Get(1)) | alt;
        string? text = Text(parameters);
        if (KittyKeyCodes.TryFind(code, out Key key))
        {
            press = KeyPress.Of(key, modifiers);
        }
        else if (KittyKeyCodes.IsCharacter(code))
        {
            press = Character(code, parameters.Get(0, 1), modifiers) with { BaseLayout = CharacterOrZero(parameters.Get(0, 2)) };
        }
        else if (code == 0 && text is not null)
        {
            press = KeyPress.Of(Rune.GetRuneAt(text, 0).Value, modifiers);
        }
        else
        {
            press = default;
            return false;
        }

        press = press with { Action = Action(parameters), Text = text };
        return true;
    }

    private static KeyPress Character(int code, int shifted, KeyModifiers modifiers)
    {
        bool shift = (modifiers & KeyModifiers.Shift) != 0;
        bool isUpper = shift != ((modifiers & KeyModifiers.CapsLock) != 0);
        int typed = shift && KittyKeyCodes.IsCharacter(shifted) ? shifted : isUpper ? Rune.ToUpperInvariant(new Rune(code)).Value : code;
        bool isKnown = Lower(typed) == Lower(code);
        return KeyPress.Of(typed, modifiers) with { Unshifted = isKnown ? 0 : code };
    }

    private static string? Text(in InputParameters parameters)
    {
        Span<char> text = stackalloc char[2 * InputParameters.MaxNumbers];
        int length = 0;
        for (int part = 0; parameters.Has(2, part); part++)
        {
            int code = parameters.Get(2, part);
            if (KittyKeyCodes.IsCharacter(code))
            {
                length += new Rune(code).EncodeToUtf16(text[length..]);
            }
        }

        return length == 0 ? null : text[..length].ToString();
    }

    private static int CharacterOrZero(int code) => KittyKeyCodes.IsCharacter(code) ? code : 0;

    private static int Lower(int code) => Rune.ToLowerInvariant(new Rune(code)).Value;

    private static KeyModifiers Modifiers(int parameter) => parameter is >= 1 and <= 256 ? (KeyModifiers)(parameter - 1) : KeyModifiers.None;

    private static KeyAction Action(in InputParameters parameters) => parameters.Get(1, 1) switch
    {
        2 => KeyAction.Repeat,
        3 => KeyAction.Release,
        _ => KeyAction.Press,
    };
}
