using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>
/// All keys by topic, made from the same table as the bindings; in two columns where both are whole. Keys that scroll scroll, any other closes it.
/// </summary>
internal sealed class HelpView(KeyBindings bindings) : View
{
    private const int Frame = 4;
    private const int Gap = 3;
    private const int MostKeys = 22;

    private readonly List<HelpLine> _all = HelpLines.Of(bindings);
    private List<HelpLine> _lines = [];
    private int _first;
    private int _rows = 1;

    public bool IsClosed { get; private set; }

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        var keys = Math.Min(MostKeys, _all.Max(line => TextWidth.Of(line.Keys))) + HelpLines.Indent;
        var text = _all.Max(line => TextWidth.Of(line.Text) + (line.IsHeading ? 0 : keys));
        var isNarrow = canvas.Columns < text + Frame;
        _lines = isNarrow ? HelpLines.Narrow(_all, canvas.Columns - Frame) : _all;
        var hasTwo = canvas.Columns >= (2 * text) + Gap + Frame && _lines.Count + 2 > canvas.Rows;
        var half = hasTwo ? Split() : _lines.Count;
        var columns = Math.Min(canvas.Columns, (hasTwo ? (2 * text) + Gap : text) + Frame);
        var rows = Math.Min(canvas.Rows, half + 2);
        var box = canvas.Part(new Area((canvas.Columns - columns) / 2, (canvas.Rows - rows) / 2, columns, rows));
        box.Fill(scheme.Text);
        var list = box.Part(box.Whole.Inset(2, 1, 2, 1));
        _rows = Math.Max(1, list.Rows);
        _first = Math.Clamp(_first, 0, Math.Max(0, half - _rows));
        var isWhole = half <= _rows;
        box.Box(box.Whole, scheme.Focus, BoxKind.Heavy, "Keys", isWhole ? "any key closes" : "↑ ↓ scroll · Esc closes");
        DrawLines(list, scheme, _first, half, isNarrow ? 0 : keys);
        if (hasTwo)
        {
            DrawLines(list.Part(list.Whole.Inset(text + Gap, 0, 0, 0)), scheme, half + _first, _lines.Count, keys);
        }

        var place = isWhole ? "" : $" {_first + 1}–{Math.Min(half, _first + _rows)} of {half} ";
        box.Write(box.Rows - 1, Math.Max(1, box.Columns - 2 - TextWidth.Of(place)), place, scheme.Focus);
    }

    public override bool TakeKey(in KeyPress press)
    {
        if (press.Action == KeyAction.Release)
        {
            return true;
        }

        switch (press.Key, press.CodePoint)
        {
            case (Key.Up, _) or (Key.Character, 'k'): _first--; break;
            case (Key.Down, _) or (Key.Character, 'j'): _first++; break;
            case (Key.PageUp, _): _first -= _rows; break;
            case (Key.PageDown, _) or (Key.Character, ' '): _first += _rows; break;
            case (Key.Home, _): _first = 0; break;
            case (Key.End, _): _first = _lines.Count; break;
            default: IsClosed = true; break;
        }

        return true;
    }

    public override bool TakeMouse(in MouseEvent mouse)
    {
        const int WheelRows = 3;
        _first += mouse switch
        {
            { Action: MouseAction.Press, Button: 4 } => -WheelRows,
            { Action: MouseAction.Press, Button: 5 } => WheelRows,
            _ => 0,
        };
        return true;
    }

    // Texts begin at a column, or right behind their keys where that is 0.
    private void DrawLines(Canvas list, Scheme scheme, int from, int end, int textColumn)
    {
        for (var row = 0; row < list.Rows && from + row < end; row++)
        {
            var line = _lines[from + row];
            if (line.IsHeading)
            {
                list.Write(row, 0, TextWidth.Cut(line.Text, list.Columns), scheme.Focus);
                continue;
            }

            list.Write(row, 0, textColumn > 0 ? TextWidth.Cut(line.Keys, textColumn - 1) : line.Keys, scheme.Strong);
            var column = textColumn > 0 ? textColumn : TextWidth.Of(line.Keys) + HelpLines.Indent;
            list.Write(row, column, TextWidth.Cut(line.Text, list.Columns - column), scheme.Text);
        }
    }

    // Where the second column begins: with a section, so that both are about as long.
    private int Split()
    {
        var at = (_lines.Count + 1) / 2;
        while (at < _lines.Count && !_lines[at - 1].IsBreak)
        {
            at++;
        }

        return at;
    }
}
