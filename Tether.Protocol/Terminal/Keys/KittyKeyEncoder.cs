using System.Text;
using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Keys by the kitty keyboard protocol, https://sw.kovidgoyal.net/kitty/keyboard-protocol:
/// <c>CSI code[:shifted[:base layout]] ; modifiers[:event] ; text u</c>.
/// </summary>
internal static class KittyKeyEncoder
{
    // What makes a key without text unambiguous; the other flags only add to such reports.
    private const KittyFlags Reporting = KittyFlags.Disambiguate | KittyFlags.ReportEvents | KittyFlags.ReportAllKeys;

    /// <summary>False where the protocol leaves the key in its legacy form. What is not reported is written as nothing.</summary>
    public static bool TryEncode(KeyPress press, KittyFlags flags, ref ByteText text)
    {
        bool all = (flags & KittyFlags.ReportAllKeys) != 0;
        bool events = (flags & KittyFlags.ReportEvents) != 0;
        if (press.Action == KeyAction.Release && !events)
        {
            return true;
        }

        if (MakesText(press) && !all && press.Action != KeyAction.Release)
        {
            return AddText(press, ref text);
        }

        switch (press.Key)
        {
            case Key.Character:
                return TryEncodeCharacter(press, flags, ref text);
            case Key.Enter or Key.Tab or Key.Backspace when !all && press.Action == KeyAction.Release:
                return true;
            case Key.Enter or Key.Tab or Key.Backspace when !all && press.Held == KeyModifiers.None:
                return false;
            case Key.Escape when (flags & (KittyFlags.Disambiguate | KittyFlags.ReportAllKeys)) == 0 && press.Held == KeyModifiers.None
                && press.Action != KeyAction.Release:
                return false;
            case Key key when KittyKeyCodes.IsModifier(key) && !all:
                return true;
            case var _ when (flags & Reporting) == 0:
                return false;
            case Key.KeypadBegin:
                FunctionKeys.EncodeKitty(press, events, ref text);
                return true;
            case Key key when KittyKeyCodes.Of(key) is > 0 and int code:
                Write(code, press, flags, ref text);
                return true;
            default:
                FunctionKeys.EncodeKitty(press, events, ref text);
                return true;
        }
    }

    private static bool TryEncodeCharacter(KeyPress press, KittyFlags flags, ref ByteText text)
    {
        int code = press.Unshifted;
        if (code == 0)
        {
            // The code is of the key without Shift.
            code = Rune.IsValid(press.CodePoint) ? Rune.ToLowerInvariant(new Rune(press.CodePoint)).Value : press.CodePoint;
            bool isShifted = code != press.CodePoint && (press.Modifiers & KeyModifiers.CapsLock) == 0;
            press = isShifted ? press with { Modifiers = press.Modifiers | KeyModifiers.Shift } : press;
        }

        bool isPlain = (flags & (KittyFlags.Disambiguate | KittyFlags.ReportAllKeys)) == 0
            && (press.Action == KeyAction.Press || (flags & KittyFlags.ReportEvents) == 0);
        if (isPlain && Alternates(code, press, flags) == (0, 0))
        {
            return false;
        }

        Write(code, press, flags, ref text);
        return true;
    }

    // The keypad's digits and operators are text, Enter there is not.
    private static bool MakesText(KeyPress press) => press.Key switch
    {
        Key.Character => press.Text is { Length: > 0 } || (press.Held & ~KeyModifiers.Shift) == KeyModifiers.None,
        Key.KeypadEnter => false,
        >= Key.Keypad0 and <= Key.KeypadSeparator => (press.Held & ~KeyModifiers.Shift) == KeyModifiers.None,
        _ => false,
    };

    private static bool AddText(KeyPress press, ref ByteText text)
    {
        if (press.Key == Key.Character)
        {
            KeyEncoder.AddText(press, ref text);
        }
        else
        {
            text.Add(KeyEncoder.KeypadText[press.Key - Key.Keypad0]);
        }

        return true;
    }

    private static (int Shifted, int BaseLayout) Alternates(int code, KeyPress press, KittyFlags flags)
    {
        if ((flags & KittyFlags.ReportAlternates) == 0 || press.Key != Key.Character)
        {
            return (0, 0);
        }

        bool isShifted = (press.Modifiers & KeyModifiers.Shift) != 0 && press.CodePoint != code;
        return (isShifted ? press.CodePoint : 0, press.BaseLayout != code ? press.BaseLayout : 0);
    }

    private static void Write(int code, KeyPress press, KittyFlags flags, ref ByteText text)
    {
        text.Add("\e["u8);
        text.Add(code);
        (int shifted, int baseLayout) = Alternates(code, press, flags);
        if (shifted != 0 || baseLayout != 0)
        {
            text.Add((byte)':');
            AddUnlessZero(shifted, ref text);
        }

        if (baseLayout != 0)
        {
            text.Add((byte)':');
            text.Add(baseLayout);
        }

        bool reportsEvent = press.Action != KeyAction.Press && (flags & KittyFlags.ReportEvents) != 0;
        bool hasField = press.Modifiers != KeyModifiers.None || reportsEvent;
        const KittyFlags Text = KittyFlags.ReportAllKeys | KittyFlags.ReportText;
        bool reportsText = (flags & Text) == Text && press.Key == Key.Character && press.Action != KeyAction.Release && MakesText(press);
        if (hasField || reportsText)
        {
            text.Add((byte)';');
            AddUnlessZero(hasField ? (int)press.Modifiers + 1 : 0, ref text);
        }

        if (reportsEvent)
        {
            text.Add((byte)':');
            text.Add((int)press.Action + 1);
        }

        if (reportsText)
        {
            WriteText(press, ref text);
        }

        text.Add((byte)'u');
    }

    private static void WriteText(KeyPress press, ref ByteText text)
    {
        if (press.Text is not { Length: > 0 } typed)
        {
            text.Add((byte)';');
            text.Add(press.CodePoint);
            return;
        }

        byte separator = (byte)';';
        foreach (Rune rune in typed.EnumerateRunes())
        {
            text.Add(separator);
            text.Add(rune.Value);
            separator = (byte)':';
        }
    }

    private static void AddUnlessZero(int number, ref ByteText text)
    {
        if (number != 0)
        {
            text.Add(number);
        }
    }
}
