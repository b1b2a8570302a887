using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Controls;

/// <summary>Numbered options of which one, or any, are taken: Space takes the one under the cursor, a digit the one of its number.</summary>
internal sealed class OptionList(IReadOnlyList<Choice<int>> options, bool isMultiple) : View
{
    private readonly SortedSet<int> _taken = [];
    private int _cursor;
    private int _first;

    /// <summary>Places of what was taken, from 0, in their order.</summary>
    public IReadOnlyCollection<int> Taken => _taken;

    /// <summary>Takes an option, or gives it back where several may be taken.</summary>
    public void Toggle(int option)
    {
        if (!isMultiple)
        {
            _taken.Clear();
            _taken.Add(option);
        }
        else if (!_taken.Remove(option))
        {
            _taken.Add(option);
        }

        _cursor = option;
    }

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        canvas.Fill(scheme.Text);
        _first = Math.Clamp(_first, Math.Max(0, _cursor - Math.Max(1, canvas.Rows) + 1), _cursor);
        for (var row = 0; row < canvas.Rows && _first + row < options.Count; row++)
        {
            var index = _first + row;
            var isCurrent = HasFocus && index == _cursor;
            var style = isCurrent ? scheme.Selected : scheme.Text;
            var line = canvas.Part(new Area(0, row, canvas.Columns, 1));
            line.Fill(style);
            var box = (isMultiple, _taken.Contains(index)) switch { (true, true) => "[x]", (true, false) => "[ ]", (false, true) => "(x)", _ => "( )" };
            var column = line.Write(0, 0, $"{box} {index + 1}. ", style);
            column = line.Write(0, column, TextWidth.Cut(options[index].Text, Math.Max(0, line.Columns - column)), style);
            if (options[index].Hint.Length > 0 && column + 3 < line.Columns)
            {
                line.Write(0, column + 2, TextWidth.Cut(options[index].Hint, line.Columns - column - 2), isCurrent ? style : scheme.Muted);
            }
        }
    }

    public override bool TakeKey(in KeyPress press)
    {
        if (press.Action == KeyAction.Release || options.Count == 0)
        {
            return false;
        }

        switch (press)
        {
            case { Key: Key.Up } when _cursor > 0: _cursor--; break;
            case { Key: Key.Down } when _cursor < options.Count - 1: _cursor++; break;
            case { Key: Key.Character, CodePoint: ' ' }: Toggle(_cursor); break;
            case { Key: Key.Character, CodePoint: >= '1' and <= '9' and var digit } when digit - '1' < options.Count: Toggle(digit - '1'); break;
            default: return false;
        }

        return true;
    }

    public override bool TakeMouse(in MouseEvent mouse)
    {
        if (mouse is not { Action: MouseAction.Press, Button: 1 } || _first + mouse.Row >= options.Count)
        {
            return false;
        }

        Toggle(_first + mouse.Row);
        return true;
    }
}
