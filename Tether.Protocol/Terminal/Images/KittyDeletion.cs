using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Images;

/// <summary>
/// kitty's <c>a=d</c>: all (a), by id (i), number (n), a range of ids (r), or whatever is under the cursor (c), in a cell (p, q), column (x) or
/// row (y). Upper case frees the data too, which is the same here. Depth (z) is not kept: q takes what is in the cell and z nothing.
/// </summary>
internal static class KittyDeletion
{
    public static void Apply(Screen screen, in KittyCommand command)
    {
        KittyMark mark = KittyMark.Of(command);
        switch (char.ToLowerInvariant(command.Delete))
        {
            case 'a':
                RemoveWhere(screen, static (_, _) => true, mark);
                break;
            case 'i' or 'n' when command.Placement != 0:
                Remove(screen, mark);
                break;
            case 'i' or 'n':
                RemoveImage(screen, mark);
                break;
            case 'r':
                RemoveWhere(screen, static (found, range) => !found.IsNumber && found.Id >= range.X && found.Id <= range.Y, command);
                break;
            case 'c':
                RemoveUnder(screen, screen.Row, screen.Row + 1, screen.Column, screen.Column + 1);
                break;
            case 'p' or 'q':
                RemoveUnder(screen, Index(command.Y), Index(command.Y) + 1, Index(command.X), Index(command.X) + 1);
                break;
            case 'x':
                RemoveUnder(screen, 0, screen.Rows, Index(command.X), Index(command.X) + 1);
                break;
            case 'y':
                RemoveUnder(screen, Index(command.Y), Index(command.Y) + 1, 0, screen.Columns);
                break;
        }
    }

    /// <summary>All placements of an image.</summary>
    public static void RemoveImage(Screen screen, KittyMark image) => RemoveWhere(screen, static (found, image) => found.IsSameImage(image), image);

    /// <summary>One placement.</summary>
    public static void Remove(Screen screen, KittyMark placement) => RemoveWhere(screen, static (found, placement) => found == placement, placement);

    // 1-based; 0 is nowhere.
    private static int Index(uint place) => (int)Math.Min(place, (uint)Screen.MaxColumns + 1) - 1;

    private static void RemoveUnder(Screen screen, int top, int bottom, int left, int right)
    {
        var marks = new HashSet<KittyMark>();
        for (int row = Math.Max(0, top); row < Math.Min(bottom, screen.Rows); row++)
        {
            for (int column = Math.Max(0, left); column < Math.Min(right, screen.Columns); column++)
            {
                if (Placeholder.TryRead(screen, screen.Grid.Row(row)[column], out KittyMark mark))
                {
                    marks.Add(mark);
                }
            }
        }

        if (marks.Count > 0)
        {
            RemoveWhere(screen, static (found, marks) => marks.Contains(found), marks);
        }
    }

    private static void RemoveWhere<T>(Screen screen, Func<KittyMark, T, bool> isMeant, T argument)
    {
        for (int row = 0; row < screen.Rows; row++)
        {
            Span<ulong> cells = screen.Grid.Row(row);
            for (int column = cells.IndexOfAnyExcept(0UL); (uint)column < (uint)cells.Length; column++)
            {
                if (Placeholder.TryRead(screen, cells[column], out KittyMark mark) && isMeant(mark, argument))
                {
                    cells[column] = 0;
                    screen.Grid.Touch(row);
                }
            }
        }
    }
}
