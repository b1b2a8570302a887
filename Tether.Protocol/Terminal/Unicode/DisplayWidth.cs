using System.Text;

namespace Tether.Protocol.Terminal.Unicode;

/// <summary>How many columns the emulator gives a character, for those who draw text of their own beside its screens.</summary>
public static class DisplayWidth
{
    /// <summary>0 for marks and what joins, 1, or 2.</summary>
    public static int Of(Rune character) => CodePointTraits.Of(character.Value).Width;

    /// <summary>
    /// The length in UTF-16 units of the cluster that a text begins with, as the emulator in cluster mode (2027) puts it into one cell, and its columns:
    /// 0 for marks without a character and for controls, which are alone; 1, or 2. Half a surrogate pair counts as U+FFFD.
    /// </summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static int NextCluster(ReadOnlySpan<char> text, out int width)
    {
        ArgumentOutOfRangeException.ThrowIfZero(text.Length);
        if (text[0] is >= ' ' and < '\x7f' && (text.Length == 1 || text[1] < '\x80'))
        {
            width = 1;
            return 1;
        }

        Rune.DecodeFromUtf16(text, out Rune before, out int length);
        CodePointTraits traits = CodePointTraits.Of(before.Value);
        width = traits.Width;
        if (Rune.IsControl(before))
        {
            width = 0;
            return length;
        }

        int state = GraphemeBreaker.Advance(GraphemeBreaker.Start, traits.Class, joined: false);
        while (length < text.Length)
        {
            Rune.DecodeFromUtf16(text[length..], out Rune next, out int used);
            traits = CodePointTraits.Of(next.Value);
            // ASCII joins nothing, not even after a prefix.
            bool joins = (!next.IsAscii || traits.Class != GraphemeClass.Other)
                && GraphemeBreaker.Joins(state, traits.Class)
                && (!Screens.Printing.IsSkinTone(next.Value) || GraphemeBreaker.IsAfterPictograph(state));
            if (Rune.IsControl(next) || (!joins && traits.Width != 0))
            {
                break;
            }

            width = joins ? Screens.Clusters.WidthWith(width, before.Value, next.Value, traits) : width;
            state = GraphemeBreaker.Advance(state, traits.Class, joins);
            before = next;
            length += used;
        }

        return length;
    }
}
