using System.Text;
using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Keys by the kitty keyboard protocol: <c>CSI code[:shifted] ; modifiers ; text u</c>. Only presses are sent, so event types never show.
/// </summary>
internal static class KittyKeyEncoder
{
    /// <summary>False where the protocol leaves the key in its legacy form.</summary>
    public static bool TryEncode(KeyPress press, TerminalModes modes, ref ByteText text)
    {
        KittyFlags flags = modes.KittyFlags;
        bool all = (flags & KittyFlags.ReportAllKeys) != 0;
        switch (press.Key)
        {
            case Key.Character:
                return TryEncodeCharacter(press, flags, all, ref text);
            case Key.Enter or Key.Tab or Key.Backspace:
                if (!all && press.Modifiers == KeyModifiers.None)
                {
                    return false;
                }

                Write(press.Key switch { Key.Enter => 13, Key.Tab => 9, _ => 127 }, 0, press.Modifiers, 0, ref text);
                return true;
            case Key.Escape:
                Write(27, 0, press.Modifiers, 0, ref text);
                return true;
            case >= Key.Keypad0:
                if (!all && press.Modifiers == KeyModifiers.None && !modes.ApplicationKeypad)
                {
                    return false;
                }

                Write(57399 + (press.Key - Key.Keypad0), 0, press.Modifiers, 0, ref text);
                return true;
            default:
                FunctionKeys.Encode(press, modes.ApplicationCursorKeys, ss3: false, ref text);
                return true;
        }
    }

    private static bool TryEncodeCharacter(KeyPress press, KittyFlags flags, bool all, ref ByteText text)
    {
        bool isText = (press.Modifiers & ~KeyModifiers.Shift) == KeyModifiers.None;
        if (isText && !all)
        {
            return false;
        }

        // The code is of the key without Shift.
        int code = Rune.IsValid(press.CodePoint) ? Rune.ToLowerInvariant(new Rune(press.CodePoint)).Value : press.CodePoint;
        KeyModifiers modifiers = code != press.CodePoint ? press.Modifiers | KeyModifiers.Shift : press.Modifiers;
        int shifted = (flags & KittyFlags.ReportAlternates) != 0 && code != press.CodePoint ? press.CodePoint : 0;
        bool reportsText = all && isText && (flags & KittyFlags.ReportText) != 0;
        Write(code, shifted, modifiers, reportsText ? press.CodePoint : 0, ref text);
        return true;
    }

    private static void Write(int code, int shifted, KeyModifiers modifiers, int codePoint, ref ByteText text)
    {
        text.Add("\e["u8);
        text.Add(code);
        if (shifted != 0)
        {
            text.Add((byte)':');
            text.Add(shifted);
        }

        if (modifiers != KeyModifiers.None || codePoint != 0)
        {
            text.Add((byte)';');
            if (modifiers != KeyModifiers.None)
            {
                text.Add((int)modifiers + 1);
            }
        }

        if (codePoint != 0)
        {
            text.Add((byte)';');
            text.Add(codePoint);
        }

        text.Add((byte)'u');
    }
}
