using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Keys to the bytes that a terminal in these modes sends: DECCKM, DECKPAM, DECBKM and LNM, xterm's modifyOtherKeys
/// (https://invisible-island.net/xterm/modified-keys.html), or the kitty keyboard protocol if the program pushed flags for it
/// (<see cref="KittyKeyEncoder"/>). Alt and Meta are always ESC before, whatever modes 1034, 1036 and 1039 say: shells set 1034 and read ESC.
/// </summary>
public static class KeyEncoder
{
    internal static ReadOnlySpan<byte> KeypadText => "0123456789./*-+\r=,"u8;

    /// <summary>Writes what the key sends; nothing for a key that cannot be said in these modes, or that goes up where nobody asked for it.</summary>
    public static void Encode(KeyPress press, TerminalModes modes, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(modes);
        ArgumentNullException.ThrowIfNull(output);
        var text = new ByteText(stackalloc byte[64]);
        if (modes.KittyFlags == KittyFlags.None || !KittyKeyEncoder.TryEncode(press, modes.KittyFlags, ref text))
        {
            EncodeLegacy(press, modes, ref text);
        }

        output.Write(text.Bytes);
    }

    internal static void AddText(KeyPress press, ref ByteText text)
    {
        if (press.Text is { Length: > 0 } typed)
        {
            text.Add(typed);
            return;
        }

        Span<byte> utf8 = stackalloc byte[4];
        int length = (Rune.IsValid(press.CodePoint) ? new Rune(press.CodePoint) : Rune.ReplacementChar).EncodeToUtf8(utf8);
        text.Add(utf8[..length]);
    }

    private static void EncodeLegacy(KeyPress press, TerminalModes modes, ref ByteText text)
    {
        if (press.Action == KeyAction.Release)
        {
            return;
        }

        int level = modes.KittyFlags == KittyFlags.None ? modes.ModifyOtherKeys : 0;
        switch (press.Key)
        {
            case Key.Character when IsExtended(press.CodePoint, press.Held, level):
                AddOther(press.CodePoint, press.Held, modes, ref text);
                break;
            case Key.Character:
                EncodeCharacter(press, ref text);
                break;
            case Key.Enter or Key.Tab or Key.Escape or Key.Backspace when IsExtended(press.Key, press.Held, level):
                AddOther(KittyKeyCodes.Of(press.Key), press.Held, modes, ref text);
                break;
            case Key.Enter or Key.Tab or Key.Escape or Key.Backspace:
                Escape(press.Held, ref text);
                text.Add(Control(press.Key, press.Held, modes));
                break;
            case >= Key.Keypad0 and <= Key.KeypadSeparator:
                EncodeKeypad(press, modes, ref text);
                break;
            default:
                FunctionKeys.EncodeLegacy(press, modes.ApplicationCursorKeys, ref text);
                break;
        }
    }

    /// <summary>What an old keyboard could say: text, C0 by Control, ESC before for Alt. The rest needs modifyOtherKeys.</summary>
    private static void EncodeCharacter(KeyPress press, ref ByteText text)
    {
        Escape(press.Held, ref text);
        if ((press.Held & KeyModifiers.Control) != 0 && ControlByte(press.CodePoint) is int control && control >= 0)
        {
            text.Add((byte)control);
            return;
        }

        AddText(press, ref text);
    }

    // Level 1 leaves what has a meaning of its own; level 2 takes everything but plain and shifted text.
    private static bool IsExtended(int code, KeyModifiers held, int level)
    {
        KeyModifiers others = held & ~KeyModifiers.Shift;
        bool isShiftedSpace = code == ' ' && (held & KeyModifiers.Shift) != 0;
        return level switch
        {
            0 => false,
            1 => isShiftedSpace || ((others & KeyModifiers.Control) != 0 && (code is 'i' or 'm' or '[' || ControlByte(code) < 0 || code is >= 'A' and <= 'Z')),
            _ => isShiftedSpace || others != KeyModifiers.None,
        };
    }

    // Shift-Tab has a sequence, Control-Backspace a byte, and neither Shift nor Control alone make Escape another key.
    private static bool IsExtended(Key key, KeyModifiers held, int level)
    {
        const KeyModifiers Prefixed = KeyModifiers.Alt | KeyModifiers.Meta;
        if (level == 0 || held == KeyModifiers.None)
        {
            return false;
        }

        return key switch
        {
            Key.Tab when (held & ~Prefixed) == KeyModifiers.Shift => level > 1 && held != KeyModifiers.Shift,
            Key.Enter or Key.Tab => level > 1 || (held & ~Prefixed) != KeyModifiers.None,
            Key.Backspace => level > 1 && held != KeyModifiers.Control,
            _ => held is not (KeyModifiers.Shift or KeyModifiers.Control),
        };
    }

    private static ReadOnlySpan<byte> Control(Key key, KeyModifiers held, TerminalModes modes) => key switch
    {
        Key.Enter => modes[TerminalMode.NewLine] ? "\r\n"u8 : "\r"u8,
        Key.Tab => (held & KeyModifiers.Shift) != 0 ? "\e[Z"u8 : "\t"u8,
        Key.Escape => "\e"u8,
        _ => modes[TerminalMode.BackspaceKey] != ((held & KeyModifiers.Control) != 0) ? "\b"u8 : "\x7F"u8,
    };

    /// <summary>The C0 control that Control and a character make, or -1.</summary>
    private static int ControlByte(int code) => code switch
    {
        >= 'a' and <= 'z' => code - 0x60,
        >= '@' and <= '_' => code - 0x40,
        ' ' or '2' => 0,
        >= '3' and <= '7' => code - '3' + 0x1B,
        '8' or '?' => 0x7F,
        '/' => 0x1F,
        '`' => 0,
        '~' => 0x1E,
        _ => -1,
    };

    private static void EncodeKeypad(KeyPress press, TerminalModes modes, ref ByteText text)
    {
        int index = press.Key - Key.Keypad0;
        if (modes.ApplicationKeypad && press.Held == KeyModifiers.None)
        {
            text.Add("\eO"u8);
            text.Add("pqrstuvwxynojmkMXl"u8[index]);
            return;
        }

        Escape(press.Held, ref text);
        text.Add(KeypadText[index]);
    }

    // formatOtherKeys: CSI code ; modifiers u, or CSI 27 ; modifiers ; code ~.
    private static void AddOther(int code, KeyModifiers held, TerminalModes modes, ref ByteText text)
    {
        bool csiU = modes.FormatOtherKeys == 1;
        text.Add(csiU ? "\e["u8 : "\e[27;"u8);
        text.Add(csiU ? code : (int)held + 1);
        text.Add((byte)';');
        text.Add(csiU ? (int)held + 1 : code);
        text.Add(csiU ? (byte)'u' : (byte)'~');
    }

    private static void Escape(KeyModifiers held, ref ByteText text)
    {
        if ((held & (KeyModifiers.Alt | KeyModifiers.Meta)) != 0)
        {
            text.Add((byte)0x1B);
        }
    }
}
