using Tether.Protocol.Terminal;

namespace Tether.Tui.Rendering;

/// <summary>
/// Turns frames into the fewest bytes that change a terminal from the last frame to the next. The terminal must be this renderer's alone
/// from <see cref="Forget"/> on: raw, without margins, its origin in the corner. Frames are copied, so that one serves for every picture; once
/// buffers have grown, nothing is allocated. After a change of what the terminal can do, <see cref="Forget"/>.
/// </summary>
internal sealed class FrameRenderer
{
    // A terminal reads so few bytes in one piece: nothing half-done is seen.
    private const int PieceSize = 64;

    // Writing so many unchanged cells again may be shorter than moving the cursor over them.
    private const int CheapGap = 5;

    // CSI n X and CSI n C: so many spaces are shorter.
    private const int EraseCost = 8;

    private readonly OutputBuffer _output = new();
    private readonly StyleFit _fit = new();
    private readonly TerminalPen _pen;
    private readonly RowScroll _scroll = new();
    private bool _isKnown;
    private Frame _last = new(0, 0);
    private Frame _shown = new(0, 0);
    private FrameCell[] _row = [];
    private bool? _isCursorShown;
    private CursorShape? _shape = CursorShape.Default;

    public FrameRenderer() => _pen = new TerminalPen(_output);

    /// <summary>Mode 2026: larger frames appear in one piece. Without it the cursor is hidden while they are drawn.</summary>
    public bool UsesSynchronizedOutput { get; set; } = true;

    /// <summary>Erasing leaves the background that is set (bce). GNU screen does not.</summary>
    public bool UsesBackgroundErase { get; set; } = true;

    /// <summary>REP (CSI b).</summary>
    public bool UsesRepeat { get; set; }

    /// <summary>False for a terminal that gives each code point of a cluster columns of its own (no mode 2027): there only its first is drawn.</summary>
    public bool UsesClusters { get; set; } = true;

    /// <summary>False for a terminal that shows ASCII alone.</summary>
    public bool UsesUnicode { get; set; } = true;

    /// <summary>Rows that only moved are scrolled (DECSTBM, LF, RI).</summary>
    public bool UsesScrolling { get; set; } = true;

    public ColorDepth Colors { get => _fit.Colors; set => _fit.Colors = value; }

    /// <summary>The terminal's own palette, for the nearest of sixteen.</summary>
    public TerminalColors Palette { get => _fit.Palette; set => _fit.Palette = value; }

    /// <summary>Underlines of every kind and colour (SGR 4:n and 58).</summary>
    public bool StyledUnderlines { get => _fit.HasStyledUnderlines; set => _fit.HasStyledUnderlines = value; }

    /// <summary>Nothing is known about the terminal any more: the next frame is drawn whole.</summary>
    public void Forget()
    {
        _isKnown = false;
        _isCursorShown = null;
        _shape = _shape == CursorShape.Default ? _shape : null;
    }

    /// <summary>The bytes for the next frame, valid until the next call; none when nothing changed.</summary>
    public ReadOnlyMemory<byte> Render(Frame next)
    {
        _output.Clear();
        if (!_isKnown || _last.Columns != next.Columns || _last.Rows != next.Rows)
        {
            Start(next);
        }
        else if (UsesScrolling && _scroll.Find(_last, next))
        {
            _pen.Scroll(_scroll.Top, _scroll.Bottom, _scroll.By);
            _scroll.Apply(_last);
            _scroll.Apply(_shown);
        }

        for (var row = 0; row < next.Rows; row++)
        {
            if (!next.Row(row).SequenceEqual(_last.Row(row)))
            {
                CellLook.Write(next.Row(row), _fit, UsesClusters, _row, UsesUnicode);
                RenderRow(row, _shown.Row(row), _row);
                next.Row(row).CopyTo(_last.Row(row));
                _row.CopyTo(_shown.Row(row));
            }
        }

        PlaceCursor(next);
        return _output.Written;
    }

    private void Start(Frame next)
    {
        if (_last.Columns != next.Columns || _last.Rows != next.Rows)
        {
            (_last, _shown, _row) = (new Frame(next.Columns, next.Rows), new Frame(next.Columns, next.Rows), new FrameCell[next.Columns]);
        }

        _last.Clear();
        _shown.Clear(FrameCell.Of(' ', default));
        _pen.Start(next.Columns);
        _isKnown = true;
    }

    private void RenderRow(int row, ReadOnlySpan<FrameCell> shown, ReadOnlySpan<FrameCell> next)
    {
        var erased = -1;
        for (var column = 0; column < next.Length;)
        {
            if (column != erased && IsSame(shown, next, column))
            {
                column++;
                continue;
            }

            // A wide character is written from its head.
            column -= next[column].Width == CellWidth.Tail ? 1 : 0;
            erased = CellLook.IsNarrowed(next[column]) ? column + 1 : -1;
            column = CellLook.IsPlainBlank(next[column]) ? RenderBlanks(row, column, shown, next) : RenderText(row, column, shown, next);
        }
    }

    // Overwriting half of a wide character on the terminal takes its other half too.
    private static bool IsSame(ReadOnlySpan<FrameCell> shown, ReadOnlySpan<FrameCell> next, int column) => shown[column].Equals(next[column])
        && (shown[column].Width != CellWidth.Wide || shown[column + 1].Equals(next[column + 1]))
        && (shown[column].Width != CellWidth.Tail || shown[column - 1].Equals(next[column - 1]));

    // Cells alike from a column on, and how many of them must be written.
    private static (int Count, int Changed) Run(ReadOnlySpan<FrameCell> shown, ReadOnlySpan<FrameCell> next, int column)
    {
        var (end, last) = (column + 1, column);
        for (; end < next.Length && next[end].Equals(next[column]); end++)
        {
            last = IsSame(shown, next, end) ? last : end;
        }

        return (end - column, last + 1 - column);
    }

    private int RenderBlanks(int row, int column, ReadOnlySpan<FrameCell> shown, ReadOnlySpan<FrameCell> next)
    {
        ref readonly var blank = ref next[column];
        var (count, changed) = Run(shown, next, column);
        var canErase = UsesBackgroundErase || blank.Style.Background.IsDefault;
        Approach(row, column, next);
        if (canErase && column + count == next.Length && changed > 3)
        {
            _pen.EraseToEnd(blank);
            return next.Length;
        }

        if (canErase && !UsesRepeat && changed > EraseCost)
        {
            _pen.Erase(blank, changed);
        }
        else
        {
            WriteRun(blank, changed);
        }

        return column + changed;
    }

    private int RenderText(int row, int column, ReadOnlySpan<FrameCell> shown, ReadOnlySpan<FrameCell> next)
    {
        ref readonly var cell = ref next[column];
        Approach(row, column, next);
        if (cell.Width == CellWidth.Wide)
        {
            _pen.Write(cell);
            return column + 2;
        }

        var changed = UsesRepeat && cell.Cluster is null ? Run(shown, next, column).Changed : 1;
        WriteRun(cell, changed);
        return column + changed;
    }

    private void WriteRun(in FrameCell cell, int count)
    {
        const int RepeatCost = 5;
        _pen.Write(cell);
        if (UsesRepeat && count - 1 > RepeatCost)
        {
            _pen.Repeat(count - 1);
            return;
        }

        for (var i = 1; i < count; i++)
        {
            _pen.Write(cell);
        }
    }

    private void Approach(int row, int column, ReadOnlySpan<FrameCell> cells)
    {
        var at = _pen.At;
        if (at.Row == row && at.Column != CursorMove.Unknown && column - at.Column is > 0 and <= CheapGap && IsCheap(cells[at.Column..column]))
        {
            foreach (ref readonly var cell in cells[at.Column..column])
            {
                _pen.Write(cell);
            }
        }

        _pen.MoveTo(row, column);
    }

    // As short as CSI n C: 3 bytes for one column, 4 for more.
    private bool IsCheap(ReadOnlySpan<FrameCell> gap)
    {
        foreach (ref readonly var cell in gap)
        {
            if (cell.Cluster is not null || cell.CodePoint >= 0x80 || cell.Width != CellWidth.Narrow || !_pen.Suits(cell))
            {
                return false;
            }
        }

        return gap.Length <= 4;
    }

    private void PlaceCursor(Frame next)
    {
        var isPiece = _output.Length > PieceSize;
        var hides = _isCursorShown != false && (next.Cursor is null || (isPiece && !UsesSynchronizedOutput));
        if (next.Cursor is { } cursor)
        {
            _pen.MoveTo(cursor.Row, cursor.Column);
            if (_shape != next.CursorShape)
            {
                _shape = next.CursorShape;
                _output.Add("\e["u8);
                _output.Add((int)next.CursorShape);
                _output.Add(" q"u8);
            }

            if (hides || _isCursorShown != true)
            {
                _output.Add("\e[?25h"u8);
            }
        }

        if (hides)
        {
            _output.Prepend("\e[?25l"u8);
        }

        _isCursorShown = next.Cursor is not null;
        if (isPiece && UsesSynchronizedOutput)
        {
            _output.Prepend("\e[?2026h"u8);
            _output.Add("\e[?2026l"u8);
        }
    }
}
