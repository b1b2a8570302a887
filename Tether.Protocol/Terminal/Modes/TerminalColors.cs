namespace Tether.Protocol.Terminal;

/// <summary>
/// The colours a terminal would show, 0xRRGGBB: what OSC 4 and 10–12 answer while the program has not set its own. An owner replaces
/// them by those of the controlling terminal.
/// </summary>
public sealed record TerminalColors
{
    public int Foreground { get; init; } = 0xd8d8d8;

    public int Background { get; init; } = 0x181818;

    public int Cursor { get; init; } = 0xd8d8d8;

    /// <summary>The first entries, at most 256; the others are xterm's.</summary>
    public IReadOnlyList<int> Palette { get; init; } = [];

    /// <summary>True if the background is darker than half grey, by the weights of ITU-R BT.709.</summary>
    public bool IsDark =>
        (2126 * ((Background >> 16) & 0xFF)) + (7152 * ((Background >> 8) & 0xFF)) + (722 * (Background & 0xFF)) < 128 * 10_000;

    public int this[int index] => index < Palette.Count ? Palette[index] : XtermColor(index);

    /// <summary>xterm's default: 16 named colours, a 6×6×6 cube, 24 greys.</summary>
    private static int XtermColor(int index)
    {
        if (index < 16)
        {
            ReadOnlySpan<int> named =
            [
                0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
                0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
            ];
            return named[index];
        }

        if (index >= 232)
        {
            int grey = 8 + ((index - 232) * 10);
            return (grey << 16) | (grey << 8) | grey;
        }

        int cube = index - 16;
        return (Level(cube / 36) << 16) | (Level(cube / 6 % 6) << 8) | Level(cube % 6);

        static int Level(int step) => step == 0 ? 0 : 55 + (step * 40);
    }
}
