using Tether.Protocol.Terminal;

namespace Tether.Tui.Rendering;

/// <summary>Finds rows that moved up or down together from one frame to the next, where scrolling them is shorter than writing them again.</summary>
internal sealed class RowScroll
{
    // Margins, the way there, line feeds, no margins.
    private const int Cost = 24;

    // A cell that is not blank takes about a byte, whatever its style.
    private const int MinimumGain = 2 * Cost;

    private int[] _last = [];
    private int[] _next = [];
    private int[] _weights = [];

    /// <summary>The rows that are scrolled, the second excluded.</summary>
    public int Top { get; private set; }

    public int Bottom { get; private set; }

    /// <summary>How far up; down where negative.</summary>
    public int By { get; private set; }

    /// <summary>False where nothing moved that is worth it. Both frames have the same size.</summary>
    public bool Find(Frame last, Frame next)
    {
        var rows = next.Rows;
        if (CountChanged(last, next) < 3)
        {
            return false;
        }

        var best = MinimumGain;
        By = 0;
        for (var by = 1; by < rows; by++)
        {
            Try(rows, by, ref best);
            Try(rows, -by, ref best);
        }

        return By != 0;
    }

    /// <summary>Scrolls a frame as the terminal is scrolled.</summary>
    public void Apply(Frame frame)
    {
        var (row, step) = By > 0 ? (Top, 1) : (Bottom - 1, -1);
        for (; row >= Top && row < Bottom; row += step)
        {
            if (row + By >= Top && row + By < Bottom)
            {
                frame.Row(row + By).CopyTo(frame.Row(row));
            }
            else
            {
                frame.Row(row).Fill(FrameCell.Of(' ', default));
            }
        }
    }

    private int CountChanged(Frame last, Frame next)
    {
        if (_last.Length < next.Rows)
        {
            (_last, _next, _weights) = (new int[next.Rows], new int[next.Rows], new int[next.Rows]);
        }

        var changed = 0;
        for (var row = 0; row < next.Rows; row++)
        {
            changed += next.Row(row).SequenceEqual(last.Row(row)) ? 0 : 1;
        }

        for (var row = 0; row < next.Rows && changed >= 3; row++)
        {
            _last[row] = Hash(last.Row(row), out _);
            _next[row] = Hash(next.Row(row), out _weights[row]);
        }

        return changed;
    }

    // The rows that become right by it, less those that become wrong; what comes in is blank.
    private void Try(int rows, int by, ref int best)
    {
        for (var row = Math.Max(0, -by); row < Math.Min(rows, rows - by);)
        {
            var (start, gain) = (row, 0);
            for (; row < Math.Min(rows, rows - by) && _next[row] == _last[row + by]; row++)
            {
                gain += _next[row] == _last[row] ? 0 : _weights[row];
            }

            if (row - start > 0)
            {
                var (top, bottom) = by > 0 ? (start, row + by) : (start + by, row);
                for (var other = by > 0 ? row : top; other < (by > 0 ? bottom : start); other++)
                {
                    gain -= _next[other] == _last[other] ? _weights[other] : 0;
                }

                if (gain - Math.Abs(by) > best)
                {
                    best = gain - Math.Abs(by);
                    (Top, Bottom, By) = (top, bottom, by);
                }
            }
            else
            {
                row++;
            }
        }
    }

    // A wrong guess costs bytes and nothing else: the frames are compared again after scrolling.
    private static int Hash(ReadOnlySpan<FrameCell> cells, out int weight)
    {
        var hash = 17u;
        weight = 0;
        foreach (ref readonly var cell in cells)
        {
            var isBlank = cell.CodePoint is 0 or ' ' && cell.Width != CellWidth.Tail && cell.Cluster is null;
            weight += isBlank ? 0 : 1;
            var content = isBlank ? 0 : (uint)cell.CodePoint + (uint)(cell.Cluster?.Length ?? 0);
            hash = (hash * 31) + content + (cell.Style.Foreground.Bits * 7) + (cell.Style.Background.Bits * 13) + ((uint)cell.Style.Flags << 20);
        }

        return (int)hash;
    }
}
