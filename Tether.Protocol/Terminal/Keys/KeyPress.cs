namespace Tether.Protocol.Terminal.Keys;

/// <summary>One key going down, repeating or going up.</summary>
/// <param name="Key">Which.</param>
/// <param name="CodePoint">The character with Shift applied, for <see cref="Key.Character"/>.</param>
/// <param name="Modifiers">What is held or on.</param>
public readonly record struct KeyPress(Key Key, int CodePoint, KeyModifiers Modifiers)
{
    /// <summary>Press, unless the terminal reports the others too.</summary>
    public KeyAction Action { get; init; }

    /// <summary>The key's own character, without Shift (<c>1</c> for <c>!</c>); 0 where that is <see cref="CodePoint"/> in lower case, or not known.</summary>
    public int Unshifted { get; init; }

    /// <summary>The character on the same key of a US keyboard, where it is another one; else 0.</summary>
    public int BaseLayout { get; init; }

    /// <summary>The text the key makes, where the terminal reports it; it can be several characters. Null: <see cref="CodePoint"/> alone.</summary>
    public string? Text { get; init; }

    internal KeyModifiers Held => Modifiers & ~KeyModifiers.Locks;

    public static KeyPress Of(Key key, KeyModifiers modifiers = KeyModifiers.None) => new(key, 0, modifiers);

    public static KeyPress Of(int codePoint, KeyModifiers modifiers = KeyModifiers.None) => new(Key.Character, codePoint, modifiers);
}
