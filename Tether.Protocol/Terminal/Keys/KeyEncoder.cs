using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Keys to the bytes that a terminal in these modes sends: DECCKM, DECKPAM, DECBKM and LNM, xterm's modifyOtherKeys, or the kitty
/// keyboard protocol if the program pushed flags for it (<see cref="KittyKeyEncoder"/>).
/// </summary>
public static class KeyEncoder
{
    public static void Encode(KeyPress press, TerminalModes modes, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(modes);
        ArgumentNullException.ThrowIfNull(output);
        var text = new ByteText(stackalloc byte[32]);
        if (modes.KittyFlags == KittyFlags.None || !KittyKeyEncoder.TryEncode(press, modes, ref text))
        {
            EncodeLegacy(press, modes, ref text);
        }

        output.Write(text.Bytes);
    }

    internal static void EncodeLegacy(KeyPress press, TerminalModes modes, ref ByteText text)
    {
        switch (press.Key)
        {
            case Key.Character:
                EncodeCharacter(press, modes, ref text);
                break;
            case Key.Enter:
                EncodeControl('\r', press.Modifiers, modes, modes[TerminalMode.NewLine] ? "\r\n"u8 : "\r"u8, ref text);
                break;
            case Key.Escape:
                EncodeControl('\e', press.Modifiers, modes, "\e"u8, ref text);
                break;
            case Key.Backspace:
                EncodeBackspace(press.Modifiers, modes, ref text);
                break;
            case Key.Tab when (press.Modifiers & ~KeyModifiers.Alt) == KeyModifiers.Shift:
                Escape(press.Modifiers, ref text);
                text.Add("\e[Z"u8);
                break;
            case Key.Tab:
                EncodeControl('\t', press.Modifiers, modes, "\t"u8, ref text);
                break;
            case >= Key.Keypad0:
                EncodeKeypad(press, modes, ref text);
                break;
            default:
                FunctionKeys.Encode(press, modes.ApplicationCursorKeys, ss3: true, ref text);
                break;
        }
    }

    /// <summary>What an old keyboard could say: text, C0 by Control, ESC before for Alt. The rest needs modifyOtherKeys.</summary>
    private static void EncodeCharacter(KeyPress press, TerminalModes modes, ref ByteText text)
    {
        int code = press.CodePoint;
        KeyModifiers modifiers = press.Modifiers;
        if (IsExtended(code, modifiers, modes.ModifyOtherKeys))
        {
            AddOther(code, modifiers, modes, ref text);
            return;
        }

        Escape(modifiers, ref text);
        if ((modifiers & KeyModifiers.Control) != 0 && ControlByte(code) is int control && control >= 0)
        {
            text.Add((byte)control);
            return;
        }

        AddRune(code, ref text);
    }

    // Level 1 leaves what has a meaning of its own; level 2 takes everything but plain and shifted text.
    private static bool IsExtended(int code, KeyModifiers modifiers, int level)
    {
        KeyModifiers others = modifiers & ~KeyModifiers.Shift;
        bool isShiftedSpace = code == ' ' && (modifiers & KeyModifiers.Shift) != 0;
        return level switch
        {
            0 => false,
            1 => isShiftedSpace || ((others & KeyModifiers.Control) != 0 && (code is 'i' or 'm' or '[' || ControlByte(code) < 0 || code is >= 'A' and <= 'Z')),
            _ => isShiftedSpace || others != KeyModifiers.None,
        };
    }

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

    private static void EncodeControl(char code, KeyModifiers modifiers, TerminalModes modes, ReadOnlySpan<byte> plain, ref ByteText text)
    {
        KeyModifiers others = modifiers & ~KeyModifiers.Alt;
        if (others != KeyModifiers.None && modes.ModifyOtherKeys > 0)
        {
            AddOther(code, modifiers, modes, ref text);
            return;
        }

        Escape(modifiers, ref text);
        text.Add(plain);
    }

    private static void EncodeBackspace(KeyModifiers modifiers, TerminalModes modes, ref ByteText text)
    {
        if (modes.ModifyOtherKeys > 1 && (modifiers & ~KeyModifiers.Alt) != KeyModifiers.None)
        {
            AddOther(0x7F, modifiers, modes, ref text);
            return;
        }

        bool control = (modifiers & KeyModifiers.Control) != 0;
        Escape(modifiers, ref text);
        text.Add(modes[TerminalMode.BackspaceKey] != control ? (byte)0x08 : (byte)0x7F);
    }

    private static void EncodeKeypad(KeyPress press, TerminalModes modes, ref ByteText text)
    {
        int index = press.Key - Key.Keypad0;
        ReadOnlySpan<byte> plain = "0123456789./*-+\r="u8;
        if (modes.ApplicationKeypad && press.Modifiers == KeyModifiers.None)
        {
            text.Add("\eO"u8);
            text.Add("pqrstuvwxynojmkMX"u8[index]);
            return;
        }

        Escape(press.Modifiers, ref text);
        text.Add(plain[index]);
    }

    // formatOtherKeys: CSI code ; modifiers u, or CSI 27 ; modifiers ; code ~.
    private static void AddOther(int code, KeyModifiers modifiers, TerminalModes modes, ref ByteText text)
    {
        bool csiU = modes.FormatOtherKeys == 1;
        text.Add(csiU ? "\e["u8 : "\e[27;"u8);
        text.Add(csiU ? code : (int)modifiers + 1);
        text.Add((byte)';');
        text.Add(csiU ? (int)modifiers + 1 : code);
        text.Add(csiU ? (byte)'u' : (byte)'~');
    }

    private static void Escape(KeyModifiers modifiers, ref ByteText text)
    {
        if ((modifiers & KeyModifiers.Alt) != 0)
        {
            text.Add((byte)0x1B);
        }
    }

    private static void AddRune(int code, ref ByteText text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        int length = (Rune.IsValid(code) ? new Rune(code) : Rune.ReplacementChar).EncodeToUtf8(utf8);
        text.Add(utf8[..length]);
    }
}
