using System.Runtime.InteropServices;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>
/// The places of one screen, from top to bottom. Rows are absolute for the primary screen, so that scrolling into the scrollback changes
/// none of them; for the alternate screen they count from its top.
/// </summary>
internal sealed class PlaceList
{
    private readonly List<Place> _places = [];

    /// <summary>In order. What is above the scrollback's first row is gone, but may still be here.</summary>
    public Span<Place> All => CollectionsMarshal.AsSpan(_places);

    /// <summary>True if there may be places from a row on.</summary>
    public bool ReachesTo(long row) => _places.Count > 0 && _places[^1].Row >= row;

    /// <summary>The places from a row on.</summary>
    public Span<Place> From(long row) => All[IndexOf(row)..];

    /// <summary>Behind those in the same cell.</summary>
    public void Add(Place place)
    {
        int index = IndexOf(place.Row);
        while (index < _places.Count && _places[index].Row == place.Row && _places[index].Column <= place.Column)
        {
            index++;
        }

        _places.Insert(index, place);
    }

    public void Remove(Place place)
    {
        place.IsGone = true;
        _places.Remove(place);
    }

    /// <summary>One mark of a kind on a row: a prompt that is drawn again is the same prompt.</summary>
    public void RemoveMark(long row, PromptMarkKind kind)
    {
        for (int i = IndexOf(row); i < _places.Count && _places[i].Row == row; i++)
        {
            if (_places[i].Mark == kind)
            {
                _places.RemoveAt(i);
                return;
            }
        }
    }

    /// <summary>The marks on rows <paramref name="top"/> up to <paramref name="bottom"/> go with what was written there; tracked positions stay.</summary>
    public void RemoveMarks(long top, long bottom) =>
        Update(top, bottom, 0, static (place, _) => place.IsGone |= place.Mark is not null);

    /// <summary>Forgets what is above a row. Not at every call: places that are gone cost little, and moving the rest costs more.</summary>
    public void Trim(long firstRow)
    {
        int gone = IndexOf(firstRow);
        if (gone > 16 && gone > _places.Count / 2)
        {
            Keep(firstRow, long.MaxValue);
        }
    }

    /// <summary>Whatever is outside of these rows is gone.</summary>
    public void Keep(long firstRow, long endRow) => Update(
        long.MinValue, long.MaxValue, (firstRow, endRow), static (place, rows) => place.IsGone |= place.Row < rows.firstRow || place.Row >= rows.endRow);

    /// <summary>Whatever is outside of these columns is gone.</summary>
    public void KeepColumns(int columns) =>
        Update(long.MinValue, long.MaxValue, columns, static (place, end) => place.IsGone |= place.Column >= end);

    /// <summary>
    /// Cells of rows <paramref name="top"/> up to <paramref name="bottom"/> moved down by some rows, or up if negative. What leaves the region is gone.
    /// </summary>
    public void MoveRows(long top, long bottom, long by, int left = 0, int right = int.MaxValue)
    {
        int first = Update(top, bottom, (top, bottom, by, left, right), static (place, move) =>
        {
            if (place.Column >= move.left && place.Column < move.right)
            {
                place.Row += move.by;
                place.IsGone |= place.Row < move.top || place.Row >= move.bottom;
            }
        });
        if (left > 0 || right < int.MaxValue)
        {
            Sort(first);
        }
    }

    /// <summary>
    /// Cells of a row from <paramref name="column"/> up to <paramref name="right"/> moved. Marks stay: a shell that edits its command line
    /// moves the text, not where the command begins.
    /// </summary>
    public void MoveCells(long row, int column, int right, int by)
    {
        int first = Update(row, row + 1, (column, right, by), static (place, move) =>
        {
            if (place.Mark is null && place.Column >= move.column && place.Column < move.right)
            {
                place.Column += move.by;
                place.IsGone |= place.Column < move.column || place.Column >= move.right;
            }
        });
        Sort(first);
    }

    /// <summary>Changes the places of some rows and forgets those that are gone then; returns the index of the first that may have changed.</summary>
    private int Update<T>(long top, long bottom, T how, Action<Place, T> change)
    {
        int from = IndexOf(top);
        int end = bottom == long.MaxValue ? _places.Count : IndexOf(bottom);
        int kept = from;
        for (int i = from; i < end; i++)
        {
            change(_places[i], how);
            if (!_places[i].IsGone)
            {
                _places[kept++] = _places[i];
            }
        }

        _places.RemoveRange(kept, end - kept);
        return from;
    }

    // Nearly in order, and what is in the same cell keeps its order: insertion it is.
    private void Sort(int first)
    {
        for (int i = first + 1; i < _places.Count; i++)
        {
            Place place = _places[i];
            int to = i;
            for (; to > first && IsBefore(place, _places[to - 1]); to--)
            {
                _places[to] = _places[to - 1];
            }

            _places[to] = place;
        }
    }

    private static bool IsBefore(Place place, Place other) => place.Row < other.Row || (place.Row == other.Row && place.Column < other.Column);

    private int IndexOf(long row)
    {
        int low = 0;
        int high = _places.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_places[middle].Row < row)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
