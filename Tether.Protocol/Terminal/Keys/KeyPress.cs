namespace Tether.Protocol.Terminal.Keys;

/// <summary>One key going down.</summary>
/// <param name="Key">Which.</param>
/// <param name="CodePoint">The character with Shift applied, for <see cref="Key.Character"/>.</param>
/// <param name="Modifiers">What is held.</param>
public readonly record struct KeyPress(Key Key, int CodePoint, KeyModifiers Modifiers)
{
    public static KeyPress Of(Key key, KeyModifiers modifiers = KeyModifiers.None) => new(key, 0, modifiers);

    public static KeyPress Of(int codePoint, KeyModifiers modifiers = KeyModifiers.None) => new(Key.Character, codePoint, modifiers);
}
