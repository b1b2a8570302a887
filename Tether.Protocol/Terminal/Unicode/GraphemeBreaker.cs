namespace Tether.Protocol.Terminal.Unicode;

/// <summary>
/// Says whether a code point joins the cluster before it, by the rules of UAX 29 (extended clusters). The state is the class of
/// the code point before, plus what rules GB9c, GB11 and GB12/13 remember of it.
/// </summary>
internal static class GraphemeBreaker
{
    /// <summary>No cluster before: whatever comes starts one.</summary>
    public const int Start = 0;

    /// <summary>State after a printable ASCII character.</summary>
    public const int AfterAscii = Present;

    private const int Present = 0x10;
    private const int PictographicRun = 0x20;
    private const int OddIndicators = 0x40;
    private const int Conjunct = 0x80;
    private const int Linked = 0x100;

    /// <summary>Set when the cluster could not be shown: what joins it is not shown either.</summary>
    public const int Dropped = 0x200;

    public static bool IsAfterPictograph(int state) => (state & PictographicRun) != 0;

    public static bool Joins(int state, GraphemeClass next)
    {
        if ((state & Present) == 0)
        {
            return false;
        }

        var previous = (GraphemeClass)(state & 15);
        if (previous == GraphemeClass.Control || next == GraphemeClass.Control)
        {
            return false;
        }

        if (IsExtend(next) || next is GraphemeClass.ZeroWidthJoiner or GraphemeClass.SpacingMark || previous == GraphemeClass.Prepend)
        {
            return true;
        }

        if (next == GraphemeClass.Consonant)
        {
            return (state & Linked) != 0;
        }

        return previous switch
        {
            GraphemeClass.L => next is GraphemeClass.L or GraphemeClass.V or GraphemeClass.LV or GraphemeClass.LVT,
            GraphemeClass.LV or GraphemeClass.V => next is GraphemeClass.V or GraphemeClass.T,
            GraphemeClass.LVT or GraphemeClass.T => next == GraphemeClass.T,
            GraphemeClass.RegionalIndicator => next == GraphemeClass.RegionalIndicator && (state & OddIndicators) != 0,
            GraphemeClass.ZeroWidthJoiner => next == GraphemeClass.Pictographic && (state & PictographicRun) != 0,
            _ => false,
        };
    }

    public static int Advance(int state, GraphemeClass next, bool joined)
    {
        int result = Present | (int)next | (joined ? state & Dropped : 0);
        if (next == GraphemeClass.Pictographic)
        {
            return result | PictographicRun;
        }

        if (next == GraphemeClass.RegionalIndicator)
        {
            bool second = joined && (GraphemeClass)(state & 15) == GraphemeClass.RegionalIndicator;
            return second ? result : result | OddIndicators;
        }

        if (next == GraphemeClass.Consonant)
        {
            return result | Conjunct;
        }

        if (!joined || !(IsExtend(next) || next == GraphemeClass.ZeroWidthJoiner))
        {
            return result;
        }

        bool afterJoiner = (GraphemeClass)(state & 15) == GraphemeClass.ZeroWidthJoiner;
        result |= afterJoiner ? 0 : state & PictographicRun;
        result |= next == GraphemeClass.NonJoiner ? 0 : state & (Conjunct | Linked);
        return next == GraphemeClass.Linker && (state & Conjunct) != 0 ? result | Linked : result;
    }

    private static bool IsExtend(GraphemeClass kind) => kind is GraphemeClass.Extend or GraphemeClass.Linker or GraphemeClass.NonJoiner;
}
