using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Tui.Rendering;

/// <summary>Where the terminal's cursor is and in which style it writes, and the bytes that make it write cells. Cells are looks (<see cref="CellLook"/>).</summary>
internal sealed class TerminalPen(OutputBuffer output)
{
    private (int Row, int Column) _at = (CursorMove.Unknown, CursorMove.Unknown);
    private Style _style;
    private int _columns;

    // The code point just written left of the cursor; 0 once the cursor was moved.
    private int _before;

    public (int Row, int Column) At => _at;

    /// <summary>Whatever was there before: an empty screen of so many columns, its corner, no style.</summary>
    public void Start(int columns)
    {
        output.Add("\e[m\e[H\e[2J"u8);
        (_at, _style, _columns, _before) = ((0, 0), default, columns, 0);
    }

    public void MoveTo(int row, int column)
    {
        if (_at != (row, column))
        {
            CursorMove.Append(output, _at, row, column);
            (_at, _before) = ((row, column), 0);
        }
    }

    /// <summary>True if a cell can be written as the pen is.</summary>
    public bool Suits(in FrameCell look) => CellLook.IsPlainBlank(look)
        ? _style.Background == look.Style.Background && (_style.Flags & CellLook.ShowsOnBlank) == 0
        : _style == look.Style;

    /// <summary>Takes the style of a cell, or any other that makes the same of it.</summary>
    public void Take(in FrameCell look)
    {
        if (Suits(look))
        {
            return;
        }

        var first = output.Length;
        SgrText.Append(output, _style, look.Style);
        var kept = look.Style;
        if (CellLook.IsPlainBlank(look))
        {
            var near = _style with { Background = look.Style.Background, Flags = _style.Flags & ~CellLook.ShowsOnBlank };
            var second = output.Length;
            SgrText.Append(output, _style, near);
            kept = output.KeepShorter(first, second) ? near : kept;
        }

        _style = kept;
    }

    public void Write(in FrameCell look)
    {
        Take(look);
        Part(look);
        if (look.Cluster is { } cluster)
        {
            foreach (var rune in cluster.EnumerateRunes())
            {
                output.Add(rune);
            }

            _before = 0;
        }
        else if (look.CodePoint < 0x80)
        {
            output.Add((byte)look.CodePoint);
            _before = look.CodePoint;
        }
        else
        {
            output.Add(new Rune(look.CodePoint));
            _before = look.CodePoint;
        }

        // Terminals disagree about where the cursor is behind the last column, and about the width of clusters.
        Advance(look.Width == CellWidth.Wide ? 2 : 1);
        _at.Column = look.Cluster is null ? _at.Column : CursorMove.Unknown;
    }

    /// <summary>What was just written, so often again (REP).</summary>
    public void Repeat(int count)
    {
        output.AddSequence(count, 'b');
        Advance(count);
    }

    /// <summary>From the cursor to the row's end; the look is a plain blank.</summary>
    public void EraseToEnd(in FrameCell blank)
    {
        Take(blank);
        output.Add("\e[K"u8);
    }

    /// <summary>So many cells from the cursor on, which stays.</summary>
    public void Erase(in FrameCell blank, int count)
    {
        Take(blank);
        output.AddSequence(count, 'X');
    }

    /// <summary>
    /// Moves the rows from <paramref name="top"/> up to before <paramref name="bottom"/> up by <paramref name="by"/>, or down where that is negative;
    /// the rows that come in are blank.
    /// </summary>
    public void Scroll(int top, int bottom, int by)
    {
        Take(FrameCell.Of(' ', default));
        output.Add("\e["u8);
        output.Add(top + 1);
        output.Add((byte)';');
        output.Add(bottom);
        output.Add((byte)'r');

        // Line feeds and reverse line feeds: SU and SD are unknown to some consoles.
        _at = (CursorMove.Unknown, CursorMove.Unknown);
        MoveTo(by > 0 ? bottom - 1 : top, 0);
        for (var i = Math.Abs(by); i > 0; i--)
        {
            output.Add(by > 0 ? "\n"u8 : "\eM"u8);
        }

        // Without margins again, which brings the cursor home.
        output.Add("\e[r"u8);
        _at = (0, 0);
    }

    // Two cells that a terminal would take for one character are written with a movement between them.
    private void Part(in FrameCell look)
    {
        if (_before < 0x300 && look.Cluster is null && look.CodePoint < 0x300)
        {
            return;
        }

        if (_before != 0 && Joins(_before, look))
        {
            output.AddSequence(_at.Column + 1, 'G');
        }
    }

    private static bool Joins(int before, in FrameCell look)
    {
        Span<char> both = stackalloc char[4];
        var length = new Rune(before).EncodeToUtf16(both);
        var first = look.CodePoint;
        if (look.Cluster is { } cluster)
        {
            Rune.DecodeFromUtf16(cluster, out var rune, out _);
            first = rune.Value;
        }

        var total = length + new Rune(first).EncodeToUtf16(both[length..]);
        return DisplayWidth.NextCluster(both[..total], out _) > length;
    }

    private void Advance(int columns)
    {
        _at.Column += columns;
        if (_at.Column >= _columns)
        {
            (_at.Column, _before) = (CursorMove.Unknown, 0);
        }
    }
}
