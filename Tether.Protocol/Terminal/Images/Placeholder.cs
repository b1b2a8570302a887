using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Images;

/// <summary>
/// What stands in a cell that an image covers: a shaded block in faint, so that whoever knows nothing of images shows it as what it is. Which
/// image of kitty's it is, the colour of its underline says, of which there is none; that outlives scrollback, reflow and snapshots.
/// </summary>
internal static class Placeholder
{
    /// <summary>The character shown.</summary>
    public const int Glyph = 0x2591;

    /// <summary>The same as text.</summary>
    public const string Text = "░";

    /// <summary>Where kitty draws a part of an image; what is joined to it says which (kitty's "Unicode placeholders").</summary>
    public const int KittyCharacter = 0x10EEEE;

    /// <param name="image">Of kitty's images, else null.</param>
    public static Style StyleOf(KittyMark? image) =>
        new(default, default, image is { } mark ? TerminalColor.FromRgb(mark.Bits) : default, StyleFlags.Faint);

    /// <summary>Whether the cell shows an image of kitty's, and which.</summary>
    public static bool TryRead(Screen screen, ulong cell, out KittyMark image)
    {
        image = default;
        if ((cell & Cell.ContentMask) != Glyph)
        {
            return false;
        }

        Style style = screen.Tables.Styles[(int)(cell >> Cell.StyleShift) & 0xFFFF];
        image = new KittyMark(style.UnderlineColor.Rgb);
        return style.UnderlineColor.IsRgb && style == StyleOf(image);
    }
}
