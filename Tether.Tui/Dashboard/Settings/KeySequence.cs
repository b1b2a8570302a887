namespace Tether.Tui.Dashboard.Settings;

/// <summary>One key, or two that are pressed one after the other.</summary>
internal readonly record struct KeySequence(KeyStroke First, KeyStroke? Second = null)
{
    /// <summary>As people read it: `Ctrl-P`, `g /`.</summary>
    public string Label => Second is { } second ? $"{First.Label} {second.Label}" : First.Label;

    /// <summary>Reads `ctrl-p`, or `g /`.</summary>
    public static bool TryParse(string text, out KeySequence sequence)
    {
        sequence = default;
        var names = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (names.Length is not (1 or 2) || !KeyStroke.TryParse(names[0], out var first))
        {
            return false;
        }

        KeyStroke? second = null;
        if (names.Length == 2)
        {
            if (!KeyStroke.TryParse(names[1], out var other))
            {
                return false;
            }

            second = other;
        }

        sequence = new KeySequence(first, second);
        return true;
    }

    /// <summary>True if one of them alone would keep the other from ever being pressed.</summary>
    public bool Hides(KeySequence other) => First == other.First && (Second is null) != (other.Second is null);

    public override string ToString() => Second is { } second ? $"{First} {second}" : $"{First}";
}
