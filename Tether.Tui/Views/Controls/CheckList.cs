using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Controls;

/// <summary>Lines that are checked or not: Space changes the one under the cursor, `a` all of them.</summary>
internal sealed class CheckList<T>(IReadOnlyList<Choice<T>> items) : View
    where T : notnull
{
    private readonly HashSet<T> _checked = [];
    private int _cursor;
    private int _first;

    /// <summary>In the order of the list.</summary>
    public IReadOnlyList<T> Checked => [.. items.Select(item => item.Value).Where(_checked.Contains)];

    public void Check(T item) => _checked.Add(item);

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        canvas.Fill(scheme.Text);
        var rows = Math.Max(1, canvas.Rows);
        _first = Math.Clamp(_first, Math.Max(0, _cursor - rows + 1), _cursor);
        for (var row = 0; row < canvas.Rows && _first + row < items.Count; row++)
        {
            var item = items[_first + row];
            var isCurrent = HasFocus && _first + row == _cursor;
            var line = canvas.Part(new Area(0, row, canvas.Columns, 1));
            var style = isCurrent ? scheme.Selected : scheme.Text;
            line.Fill(style);
            var column = line.Write(0, 0, _checked.Contains(item.Value) ? "[x] " : "[ ] ", style);
            column = line.Write(0, column, TextWidth.Cut(item.Text, Math.Max(0, line.Columns - column)), style);
            if (column + TextWidth.Of(item.Hint) + 2 <= line.Columns)
            {
                line.WriteRight(0, line.Columns, item.Hint, isCurrent ? style : scheme.Muted);
            }
        }
    }

    public override bool TakeKey(in KeyPress press)
    {
        if (press.Action == KeyAction.Release || items.Count == 0)
        {
            return false;
        }

        switch (press)
        {
            case { Key: Key.Up } when _cursor > 0: _cursor--; break;
            case { Key: Key.Down } when _cursor < items.Count - 1: _cursor++; break;
            case { Key: Key.Character, CodePoint: ' ' }: Toggle(items[_cursor].Value); break;
            case { Key: Key.Character, CodePoint: 'a', Modifiers: var held } when (held & ~KeyModifiers.Locks) == 0: ToggleAll(); break;
            default: return false;
        }

        return true;
    }

    public override bool TakeMouse(in MouseEvent mouse)
    {
        if (mouse is not { Action: MouseAction.Press, Button: 1 } || _first + mouse.Row >= items.Count)
        {
            return false;
        }

        _cursor = _first + mouse.Row;
        Toggle(items[_cursor].Value);
        return true;
    }

    private void Toggle(T item)
    {
        if (!_checked.Remove(item))
        {
            _checked.Add(item);
        }
    }

    private void ToggleAll()
    {
        var isAll = _checked.Count == items.Count;
        _checked.Clear();
        if (!isAll)
        {
            _checked.UnionWith(items.Select(item => item.Value));
        }
    }
}
