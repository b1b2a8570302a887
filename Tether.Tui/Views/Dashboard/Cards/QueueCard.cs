using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard.Cards;

/// <summary>What the edges of a card say.</summary>
/// <param name="Title">Agent and session.</param>
/// <param name="Age">How long it has waited; while an answer waits to be sent, that.</param>
/// <param name="Buttons">Keys and what they do; each can be clicked.</param>
internal sealed record CardLook(string Title, string Age, IReadOnlyList<(DashboardCommand Command, string Keys, string Hint)> Buttons)
{
    /// <summary>An answer to it waits to be sent, or is on its way.</summary>
    public bool IsAnswered { get; init; }
}

/// <summary>
/// The chosen item of the queue in full: a frame with what can be done in its lower edge, and inside all that is known of the item, which scrolls where
/// there is no room. Rows are made anew only when the item, the width or the theme is another one.
/// </summary>
internal sealed class QueueCard
{
    private const int Border = 2;
    private const int WheelRows = 3;

    private readonly List<(Area Area, DashboardCommand Command)> _buttons = [];
    private IReadOnlyList<CardLine> _lines = [];
    private (QueueItem? Item, Scheme? Scheme, int Columns) _made;
    private string? _shown;
    private int _first;
    private int _rows = 1;

    /// <param name="canvas">The whole card.</param>
    /// <param name="scheme">Its styles.</param>
    /// <param name="item">What it shows.</param>
    /// <param name="look">What its edges say.</param>
    /// <param name="now">The time.</param>
    public void Draw(Canvas canvas, Scheme scheme, QueueItem item, CardLook look, DateTimeOffset now)
    {
        canvas.Fill(scheme.Text);
        var hasFrame = canvas.Rows > Border && canvas.Columns > 2 * Border;
        var inside = canvas.Part(hasFrame ? canvas.Whole.Inset(2, 1, 2, 1) : canvas.Whole);
        Make(item, scheme, inside.Columns, now);
        _rows = Math.Max(1, inside.Rows);
        _first = Math.Clamp(_first, 0, Math.Max(0, _lines.Count - _rows));
        for (var row = 0; row < inside.Rows && _first + row < _lines.Count; row++)
        {
            Draw(inside.Part(new Area(0, row, inside.Columns, 1)), _lines[_first + row]);
        }

        _buttons.Clear();
        if (hasFrame)
        {
            var border = look.IsAnswered ? scheme.Muted : scheme.Focus;
            canvas.Box(canvas.Whole, border, scheme.Dims ? BoxKind.Heavy : BoxKind.Double, look.Title, look.Age, border with { Flags = border.Flags | StyleFlags.Bold });
            DrawEdge(canvas, scheme, border, look);
        }
    }

    /// <summary>What a click does there; row and column count from the card's corner. Null for nothing.</summary>
    public DashboardCommand? At(int column, int row)
    {
        foreach (var (area, command) in _buttons)
        {
            if (area.Contains(column, row))
            {
                return command;
            }
        }

        var line = _first + row - 1;
        return row >= 1 && row <= _rows && line < _lines.Count ? _lines[line].Command : null;
    }

    /// <summary>Scrolls by so many pages; what was the last row stays in sight.</summary>
    public void Page(int by) => _first += by * Math.Max(1, _rows - 1);

    /// <summary>Scrolls by the wheel: negative is up.</summary>
    public void Wheel(int notches) => _first += notches * WheelRows;

    private static void Draw(Canvas line, CardLine content)
    {
        if (content.Ground is { } ground)
        {
            line.Fill(ground);
        }

        var column = 0;
        foreach (var (text, style) in content.Pieces)
        {
            column = line.Write(0, column, text, style);
        }
    }

    private void Make(QueueItem item, Scheme scheme, int columns, DateTimeOffset now)
    {
        if (_shown != item.Id)
        {
            (_shown, _first) = (item.Id, 0);
        }

        if (!ReferenceEquals(_made.Item, item) || !ReferenceEquals(_made.Scheme, scheme) || _made.Columns != columns)
        {
            _made = (item, scheme, columns);
            _lines = CardLines.Of(item, scheme, columns, now);
        }
    }

    // ┗━ y allow · n deny ━━━━ 1–5 of 40 ━┛
    private void DrawEdge(Canvas canvas, Scheme scheme, Style border, CardLook look)
    {
        var row = canvas.Rows - 1;
        var isWhole = _lines.Count <= _rows;
        var place = isWhole ? "" : $" {_first + 1}–{Math.Min(_lines.Count, _first + _rows)} of {_lines.Count} ";
        var end = canvas.Columns - 2 - TextWidth.Of(place);
        canvas.Write(row, end, place, scheme.Strong);
        var column = 2;
        foreach (var (command, keys, hint) in look.Buttons)
        {
            var width = TextWidth.Of(keys) + TextWidth.Of(hint) + 3;
            if (column + width > end)
            {
                break;
            }

            _buttons.Add((new Area(column, row, width, 1), command));
            column = canvas.Write(row, column, $" {keys}", scheme.Strong);
            column = canvas.Write(row, column, $" {hint} ", border) + 1;
        }
    }
}
