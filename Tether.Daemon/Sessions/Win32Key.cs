using System.Text;
using Tether.Protocol.Terminal.Keys;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Keys as win32-input-mode (mode 9001) sends them: <c>CSI Vk ; Sc ; Uc ; Kd ; Cs ; Rc _</c>, the members of a KEY_EVENT_RECORD. Source: microsoft/terminal,
/// doc/specs/#4999.
/// </summary>
internal static class Win32Key
{
    private const int RightAlt = 1, LeftAlt = 2, RightControl = 4, LeftControl = 8, Shift = 16;

    /// <summary>False: it is no such sequence.</summary>
    public static bool TryRead(in TerminalReply reply, out KeyPress press)
    {
        press = default;
        if (reply.IsPrivate || reply.Text is not [.., (byte)'_'])
        {
            return false;
        }

        var state = reply.Number(4);
        var modifiers = ((state & Shift) != 0 ? KeyModifiers.Shift : 0)
            | ((state & (LeftAlt | RightAlt)) != 0 ? KeyModifiers.Alt : 0)
            | ((state & (LeftControl | RightControl)) != 0 ? KeyModifiers.Control : 0);
        press = Of(reply.Number(0), reply.Number(2), modifiers) with { Action = reply.Number(3) == 0 ? KeyAction.Release : KeyAction.Press };
        return true;
    }

    private static KeyPress Of(int key, int character, KeyModifiers modifiers) => character switch
    {
        8 or 127 => KeyPress.Of(Key.Backspace, modifiers),
        9 => KeyPress.Of(Key.Tab, modifiers),
        10 or 13 => KeyPress.Of(Key.Enter, modifiers),
        27 => KeyPress.Of(Key.Escape, modifiers),
        > 0 and < 32 => KeyPress.Of('a' - 1 + character, modifiers | KeyModifiers.Control),
        >= 32 => OfCharacter(character, modifiers),
        _ => KeyPress.Of(OfVirtual(key), modifiers),
    };

    // AltGr is held as Control and Alt together, and makes text.
    private static KeyPress OfCharacter(int character, KeyModifiers modifiers)
    {
        const KeyModifiers AltGr = KeyModifiers.Alt | KeyModifiers.Control;
        return KeyPress.Of(Rune.IsValid(character) ? character : Rune.ReplacementChar.Value, (modifiers & AltGr) == AltGr ? modifiers & ~AltGr : modifiers);
    }

    private static Key OfVirtual(int key) => key switch
    {
        16 => Key.LeftShift,
        17 => Key.LeftControl,
        18 => Key.LeftAlt,
        20 => Key.CapsLock,
        91 or 92 => Key.LeftSuper,
        144 => Key.NumLock,
        145 => Key.ScrollLock,
        35 => Key.End,
        36 => Key.Home,
        37 => Key.Left,
        39 => Key.Right,
        // History and whatever else may bring text.
        _ => Key.Up,
    };
}
