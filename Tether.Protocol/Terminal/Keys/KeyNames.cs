using System.Text;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Names of keys as people write them: <c>ctrl-c</c>, <c>up</c>, <c>shift-tab</c>, <c>ctrl-alt-del</c>, <c>f5</c>, or a single character.
/// '-' and '+' both join; modifiers are <c>ctrl control c- alt meta option m- shift s- super cmd win</c>.
/// </summary>
public static class KeyNames
{
    private static readonly Dictionary<string, Key> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["enter"] = Key.Enter,
        ["return"] = Key.Enter,
        ["cr"] = Key.Enter,
        ["tab"] = Key.Tab,
        ["backspace"] = Key.Backspace,
        ["bs"] = Key.Backspace,
        ["escape"] = Key.Escape,
        ["esc"] = Key.Escape,
        ["up"] = Key.Up,
        ["down"] = Key.Down,
        ["left"] = Key.Left,
        ["right"] = Key.Right,
        ["home"] = Key.Home,
        ["end"] = Key.End,
        ["insert"] = Key.Insert,
        ["ins"] = Key.Insert,
        ["delete"] = Key.Delete,
        ["del"] = Key.Delete,
        ["pageup"] = Key.PageUp,
        ["pgup"] = Key.PageUp,
        ["pagedown"] = Key.PageDown,
        ["pgdn"] = Key.PageDown,
        ["pgdown"] = Key.PageDown,
        ["page-up"] = Key.PageUp,
        ["page-down"] = Key.PageDown,
        ["kpenter"] = Key.KeypadEnter,
    };

    private static readonly (string Name, KeyModifiers Modifier)[] Modifiers =
    [
        ("ctrl", KeyModifiers.Control), ("alt", KeyModifiers.Alt), ("shift", KeyModifiers.Shift), ("super", KeyModifiers.Super),
    ];

    private static readonly Dictionary<string, int> Characters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["space"] = ' ',
        ["minus"] = '-',
        ["plus"] = '+',
    };

    /// <summary>The name by which <see cref="TryParse"/> finds a press again; null for one that has none.</summary>
    public static string? NameOf(KeyPress press)
    {
        var key = press.Key switch
        {
            Key.Character => Characters.FirstOrDefault(pair => pair.Value == press.CodePoint).Key ?? (Rune.IsValid(press.CodePoint) ? $"{new Rune(press.CodePoint)}" : ""),
            Key.Escape => "esc",
            Key.PageUp => "page-up",
            Key.PageDown => "page-down",
            _ => Keys.FirstOrDefault(pair => pair.Value == press.Key).Key ?? press.Key.ToString().ToLowerInvariant(),
        };
        var name = string.Concat(Modifiers.Where(modifier => press.Held.HasFlag(modifier.Modifier)).Select(modifier => modifier.Name + "-")) + key;
        return TryParse(name, out var found) && found.Key == press.Key && found.CodePoint == press.CodePoint && found.Modifiers == press.Held ? name : null;
    }

    public static bool TryParse(string? name, out KeyPress press)
    {
        press = default;
        if (string.IsNullOrEmpty(name))
        {
            return false;
        }

        KeyModifiers modifiers = KeyModifiers.None;
        ReadOnlySpan<char> rest = name;
        while (TryTakeModifier(ref rest, out KeyModifiers modifier))
        {
            modifiers |= modifier;
        }

        return TryParseKey(rest.ToString(), modifiers, out press);
    }

    private static bool TryTakeModifier(ref ReadOnlySpan<char> rest, out KeyModifiers modifier)
    {
        int separator = rest.IndexOfAny('-', '+');
        modifier = KeyModifiers.None;
        if (separator <= 0 || separator == rest.Length - 1)
        {
            return false;
        }

        modifier = rest[..separator].ToString().ToLowerInvariant() switch
        {
            "ctrl" or "control" or "c" => KeyModifiers.Control,
            "alt" or "meta" or "option" or "m" => KeyModifiers.Alt,
            "shift" or "s" => KeyModifiers.Shift,
            "super" or "cmd" or "win" => KeyModifiers.Super,
            _ => KeyModifiers.None,
        };
        if (modifier == KeyModifiers.None)
        {
            return false;
        }

        rest = rest[(separator + 1)..];
        return true;
    }

    private static bool TryParseKey(string name, KeyModifiers modifiers, out KeyPress press)
    {
        press = default;
        if (Keys.TryGetValue(name, out Key key))
        {
            press = KeyPress.Of(key, modifiers);
            return true;
        }

        if (name.Length is 2 or 3 && name[0] is 'f' or 'F' && int.TryParse(name.AsSpan(1), out int number) && number is >= 1 and <= 12)
        {
            press = KeyPress.Of((Key)((int)Key.F1 + number - 1), modifiers);
            return true;
        }

        if (Characters.TryGetValue(name, out int named))
        {
            press = KeyPress.Of(named, modifiers);
            return true;
        }

        if (Rune.DecodeFromUtf16(name, out Rune rune, out int used) != System.Buffers.OperationStatus.Done || used != name.Length
            || Rune.IsControl(rune))
        {
            return false;
        }

        bool shifts = (modifiers & KeyModifiers.Shift) != 0;
        press = KeyPress.Of(shifts ? Rune.ToUpperInvariant(rune).Value : rune.Value, modifiers);
        return true;
    }
}
