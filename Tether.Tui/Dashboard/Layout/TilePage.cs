namespace Tether.Tui.Dashboard.Layout;

/// <summary>The tiles that are seen at once; what does not fit is on other pages.</summary>
/// <param name="Slots">Their areas cover the area of the tiles and do not overlap. Empty where there are no sessions or no room.</param>
/// <param name="Number">Which page this is, 0-based.</param>
/// <param name="Count">How many there are; at least 1.</param>
internal sealed record TilePage(IReadOnlyList<TileSlot> Slots, int Number, int Count)
{
    public static readonly TilePage Empty = new([], 0, 1);

    /// <summary>The tile at a cell of the terminal; null where there is none.</summary>
    public TileSlot? At(int column, int row)
    {
        foreach (var slot in Slots)
        {
            if (slot.Area.Contains(column, row))
            {
                return slot;
            }
        }

        return null;
    }

    /// <summary>The tile of a session; null when it is on another page.</summary>
    public TileSlot? Of(int index)
    {
        foreach (var slot in Slots)
        {
            if (slot.Index == index)
            {
                return slot;
            }
        }

        return null;
    }
}
