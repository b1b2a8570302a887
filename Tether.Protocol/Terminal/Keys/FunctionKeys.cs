using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>Arrows, editing keys and F1–F12: <c>CSI 1 ; m letter</c> or <c>CSI number ; m ~</c>.</summary>
internal static class FunctionKeys
{
    /// <param name="press">The key.</param>
    /// <param name="application">DECCKM: unmodified cursor keys are SS3.</param>
    /// <param name="ss3">F1–F4 are SS3 when unmodified, as on a VT220.</param>
    /// <param name="text">Where to.</param>
    public static void Encode(KeyPress press, bool application, bool ss3, ref ByteText text)
    {
        (byte letter, int number) = press.Key switch
        {
            Key.Up => ((byte)'A', 1),
            Key.Down => ((byte)'B', 1),
            Key.Right => ((byte)'C', 1),
            Key.Left => ((byte)'D', 1),
            Key.Home => ((byte)'H', 1),
            Key.End => ((byte)'F', 1),
            Key.F1 => ((byte)'P', 1),
            Key.F2 => ((byte)'Q', 1),
            Key.F3 when ss3 => ((byte)'R', 1),
            Key.F4 => ((byte)'S', 1),
            _ => ((byte)'~', Number(press.Key)),
        };
        bool isFunction = press.Key is >= Key.F1 and <= Key.F4;
        bool plain = press.Modifiers == KeyModifiers.None;
        if (letter != '~' && plain)
        {
            text.Add((isFunction ? ss3 : application) ? "\eO"u8 : "\e["u8);
            text.Add(letter);
            return;
        }

        text.Add("\e["u8);
        text.Add(number);
        if (!plain)
        {
            text.Add((byte)';');
            text.Add((int)press.Modifiers + 1);
        }

        text.Add(letter);
    }

    private static int Number(Key key) => key switch
    {
        Key.Insert => 2,
        Key.Delete => 3,
        Key.PageUp => 5,
        Key.PageDown => 6,
        Key.F3 => 13,
        Key.F5 => 15,
        >= Key.F6 and <= Key.F10 => 17 + (key - Key.F6),
        _ => 23 + (key - Key.F11),
    };
}
