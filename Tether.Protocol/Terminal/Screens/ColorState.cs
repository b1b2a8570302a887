namespace Tether.Protocol.Terminal.Screens;

/// <summary>What the program set by OSC 4, 5 and 10–19, over what the terminal has.</summary>
internal sealed class ColorState(TerminalOptions options)
{
    public const int PaletteSize = 256;

    /// <summary>OSC 4;256… and OSC 5: bold, underline, blink, reverse, italic.</summary>
    public const int SpecialCount = 5;

    public const int DynamicFirst = 10;
    public const int DynamicLast = 19;

    // -1: not set. Made when the first colour is set.
    private int[]? _palette;
    private readonly int[] _dynamic = [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1];

    public TerminalColors Base { get; set; } = new() { Foreground = options.Foreground, Background = options.Background, Cursor = options.Cursor };

    /// <summary>Palette entries 0–255, then the special colours, as set by the program; -1 where it did not.</summary>
    public ReadOnlySpan<int> Overrides => _palette;

    public int this[int index]
    {
        get => _palette is not null && _palette[index] >= 0 ? _palette[index] : index < PaletteSize ? Base[index] : Base.Foreground;
        set
        {
            if (_palette is null)
            {
                _palette = new int[PaletteSize + SpecialCount];
                Array.Fill(_palette, -1);
            }

            _palette[index] = value;
        }
    }

    /// <summary>Colour of OSC <paramref name="number"/> (10–19) as set by the program, or -1.</summary>
    public int DynamicOverride(int number) => _dynamic[number - DynamicFirst];

    public int Dynamic(int number)
    {
        int set = _dynamic[number - DynamicFirst];
        return set >= 0 ? set : number switch
        {
            11 or 14 or 16 => Base.Background,
            12 => Base.Cursor,
            17 => Base.Foreground,
            19 => Base.Background,
            _ => Base.Foreground,
        };
    }

    public void SetDynamic(int number, int color) => _dynamic[number - DynamicFirst] = color;

    public void Reset(int index)
    {
        if (_palette is not null)
        {
            _palette[index] = -1;
        }
    }

    public void ResetPalette() => _palette?.AsSpan(0, PaletteSize).Fill(-1);

    public void ResetSpecial() => _palette?.AsSpan(PaletteSize).Fill(-1);

    public void ResetAll()
    {
        _palette = null;
        Array.Fill(_dynamic, -1);
    }
}
