using System.Text;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Terminal;

namespace Tether.Tui.Dashboard.Settings;

/// <summary>
/// One key with what is held, in one form for all the ways in which terminals tell it: Shift is part of the character where it makes one
/// (`L`), and counted beside Control (`ctrl-shift-p`); the keypad's keys are the ordinary ones; locks do not count.
/// </summary>
internal readonly record struct KeyStroke(Key Key, int CodePoint, KeyModifiers Modifiers)
{
    private static readonly Dictionary<Key, string> Names = new()
    {
        [Key.Enter] = "enter",
        [Key.Tab] = "tab",
        [Key.Backspace] = "backspace",
        [Key.Escape] = "esc",
        [Key.Up] = "up",
        [Key.Down] = "down",
        [Key.Left] = "left",
        [Key.Right] = "right",
        [Key.Home] = "home",
        [Key.End] = "end",
        [Key.Insert] = "insert",
        [Key.Delete] = "delete",
        [Key.PageUp] = "pgup",
        [Key.PageDown] = "pgdn",
    };

    private static readonly Dictionary<Key, Key> Keypad = new()
    {
        [Key.KeypadEnter] = Key.Enter,
        [Key.KeypadLeft] = Key.Left,
        [Key.KeypadRight] = Key.Right,
        [Key.KeypadUp] = Key.Up,
        [Key.KeypadDown] = Key.Down,
        [Key.KeypadPageUp] = Key.PageUp,
        [Key.KeypadPageDown] = Key.PageDown,
        [Key.KeypadHome] = Key.Home,
        [Key.KeypadEnd] = Key.End,
        [Key.KeypadInsert] = Key.Insert,
        [Key.KeypadDelete] = Key.Delete,
    };

    /// <summary>True for a key that writes a character, which a session must get.</summary>
    public bool IsText => Key == Key.Character && (Modifiers & ~KeyModifiers.Shift) == 0;

    /// <summary>As people read it: `Ctrl-P`, `Shift-Tab`, `PgUp`, `L`, `/`.</summary>
    public string Label => Key == Key.Character && CodePoint != ' '
        ? Prefix(title: true) + ((Modifiers & KeyModifiers.Control) != 0 ? Upper(CodePoint) : new Rune(CodePoint)).ToString()
        : Prefix(title: true) + (Key switch { Key.PageUp => "PgUp", Key.PageDown => "PgDn", _ => char.ToUpperInvariant(Name[0]) + Name[1..] });

    private string Name => Key switch
    {
        Key.Character => CodePoint == ' ' ? "space" : new Rune(CodePoint).ToString(),
        >= Key.F1 and <= Key.F35 => $"f{Key - Key.F1 + 1}",
        _ => Names.TryGetValue(Key, out var name) ? name : Key.ToString().ToLowerInvariant(),
    };

    /// <summary>The chord that leaves an attached session, as a key.</summary>
    public static KeyStroke Of(EscapeChord chord) => new(Key.Character, Lower(chord.Byte + '@').Value, KeyModifiers.Control);

    public static KeyStroke Of(KeyPress press)
    {
        var held = press.Modifiers & ~KeyModifiers.Locks;
        if (press.Key is >= Key.Keypad0 and <= Key.KeypadAdd)
        {
            return new KeyStroke(Key.Character, "0123456789./*-+"[press.Key - Key.Keypad0], held & ~KeyModifiers.Shift);
        }

        if (press.Key != Key.Character)
        {
            return new KeyStroke(Keypad.GetValueOrDefault(press.Key, press.Key), 0, held);
        }

        if ((held & KeyModifiers.Control) != 0)
        {
            return new KeyStroke(Key.Character, Lower(press.CodePoint).Value, held);
        }

        var isLocked = (press.Modifiers & KeyModifiers.CapsLock) != 0;
        var typed = !isLocked ? press.CodePoint
            : (held & KeyModifiers.Shift) != 0 ? Upper(press.CodePoint).Value : Lower(press.CodePoint).Value;
        return new KeyStroke(Key.Character, typed, held & ~KeyModifiers.Shift);
    }

    /// <summary>Reads a key's name as <see cref="KeyNames"/> does.</summary>
    public static bool TryParse(string name, out KeyStroke stroke)
    {
        var isKnown = KeyNames.TryParse(name, out var press);
        stroke = isKnown ? Of(press) : default;
        return isKnown;
    }

    /// <summary>As it is written in the key file.</summary>
    public override string ToString() => Prefix(title: false) + Name;

    private static Rune Lower(int codePoint) => Rune.ToLowerInvariant(new Rune(codePoint));

    private static Rune Upper(int codePoint) => Rune.ToUpperInvariant(new Rune(codePoint));

    private string Prefix(bool title)
    {
        var held = Modifiers;
        return string.Concat(
            new[] { (KeyModifiers.Super, "super-"), (KeyModifiers.Control, "ctrl-"), (KeyModifiers.Alt, "alt-"), (KeyModifiers.Shift, "shift-") }
                .Where(modifier => (held & modifier.Item1) != 0)
                .Select(modifier => title ? char.ToUpperInvariant(modifier.Item2[0]) + modifier.Item2[1..] : modifier.Item2));
    }
}
