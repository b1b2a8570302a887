using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Controls;

/// <summary>A line of a <see cref="ChoiceList{T}"/>: what is read and matched, and a hint at its right.</summary>
internal readonly record struct Choice<T>(T Value, string Text, string Hint = "");

/// <summary>
/// Lines of which one is chosen. A filter leaves those that match, the best first and otherwise in their order. The cursor stays with its item when
/// items change.
/// </summary>
internal sealed class ChoiceList<T> : View
{
    private const StyleFlags Underlined = (StyleFlags)(int)UnderlineKind.Straight;

    private readonly List<Entry> _shown = [];
    private IReadOnlyList<Choice<T>> _items = [];
    private int _first;
    private int _rows = 1;

    public IReadOnlyList<Choice<T>> Items
    {
        get => _items;
        set
        {
            _items = value;
            Update(keepsItem: true);
        }
    }

    /// <summary>Setting it puts the cursor on the best match.</summary>
    public string Filter
    {
        get;
        set
        {
            field = value;
            Update(keepsItem: false);
        }
    }

    = "";

    /// <summary>What stands where nothing is left.</summary>
    public string EmptyText { get; init; } = "nothing matches";

    /// <summary>Called for Enter and for a click on an item.</summary>
    public Action<T>? Chosen { get; init; }

    /// <summary>How many items are left by the filter.</summary>
    public int Count => _shown.Count;

    /// <summary>Among those, from 0.</summary>
    public int Cursor { get; private set; }

    /// <summary>The item under the cursor; null if nothing is left.</summary>
    public Choice<T>? Current => Cursor < _shown.Count ? _shown[Cursor].Item : null;

    public void MoveTo(int cursor) => Cursor = Math.Clamp(cursor, 0, Math.Max(0, _shown.Count - 1));

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        canvas.Fill(scheme.Text);
        _rows = Math.Max(1, canvas.Rows);
        _first = Math.Clamp(_first, Math.Max(0, Cursor - _rows + 1), Cursor);
        _first = Math.Min(_first, Math.Max(0, _shown.Count - _rows));
        if (_shown.Count == 0)
        {
            canvas.Write(0, 2, TextWidth.Cut(EmptyText, canvas.Columns - 2), scheme.Muted);
        }

        for (var row = 0; row < canvas.Rows && _first + row < _shown.Count; row++)
        {
            Draw(canvas.Part(new Area(0, row, canvas.Columns, 1)), scheme, _shown[_first + row], _first + row == Cursor);
        }
    }

    public override bool TakeKey(in KeyPress press)
    {
        if (press.Action == KeyAction.Release)
        {
            return false;
        }

        var isControl = (press.Modifiers & ~KeyModifiers.Locks) == KeyModifiers.Control;
        switch (press.Key)
        {
            case Key.Up: MoveTo(Cursor == 0 ? _shown.Count - 1 : Cursor - 1); break;
            case Key.Down: MoveTo(Cursor == _shown.Count - 1 ? 0 : Cursor + 1); break;
            case Key.PageUp: MoveTo(Cursor - _rows); break;
            case Key.PageDown: MoveTo(Cursor + _rows); break;
            case Key.Home: MoveTo(0); break;
            case Key.End: MoveTo(_shown.Count - 1); break;
            case Key.Character when isControl && press.CodePoint == 'p': MoveTo(Cursor - 1); break;
            case Key.Character when isControl && press.CodePoint == 'n': MoveTo(Cursor + 1); break;
            case Key.Enter when Current is { } current && Chosen is not null: Chosen(current.Value); break;
            default: return false;
        }

        return true;
    }

    public override bool TakeMouse(in MouseEvent mouse)
    {
        switch (mouse)
        {
            case { Action: MouseAction.Press, Button: 1 } when _first + mouse.Row < _shown.Count && mouse.Row >= 0:
                MoveTo(_first + mouse.Row);
                Chosen?.Invoke(_shown[Cursor].Item.Value);
                return true;
            case { Action: MouseAction.Press, Button: 4 }:
                MoveTo(Cursor - 1);
                return true;
            case { Action: MouseAction.Press, Button: 5 }:
                MoveTo(Cursor + 1);
                return true;
            default:
                return false;
        }
    }

    private static void Draw(Canvas line, Scheme scheme, Entry entry, bool isCurrent)
    {
        const int Left = 2;
        var style = isCurrent ? scheme.Selected : scheme.Text;
        line.Fill(style);
        line.Write(0, 0, isCurrent ? "›" : " ", style);
        var (text, hint) = (entry.Item.Text, entry.Item.Hint);
        var hintWidth = TextWidth.Of(hint);
        var hasHint = hintWidth > 0 && Left + Math.Min(TextWidth.Of(text), 12) + 2 + hintWidth + 1 <= line.Columns;
        var room = line.Columns - Left - (hasHint ? hintWidth + 3 : 0);
        line.Write(0, Left, TextWidth.Cut(text, room), style);
        if (hasHint)
        {
            line.WriteRight(0, line.Columns - 1, hint, isCurrent ? style : scheme.Muted);
        }

        foreach (var position in entry.Positions)
        {
            var column = TextWidth.Of(text.AsSpan(0, position));
            if (column < room - (TextWidth.Of(text) > room ? 1 : 0))
            {
                var match = isCurrent ? style with { Flags = style.Flags | scheme.Strong.Flags | Underlined } : scheme.Strong with { Flags = scheme.Strong.Flags | Underlined };
                line.Highlight(new Area(Left + column, 0, 1, 1), match);
            }
        }
    }

    private void Update(bool keepsItem)
    {
        var current = Current;
        _shown.Clear();
        foreach (var item in _items)
        {
            var positions = new List<int>();
            if (FuzzyMatch.Score(Filter, item.Text, positions) is { } score)
            {
                _shown.Add(new Entry(item, score, positions, _shown.Count));
            }
        }

        _shown.Sort((one, other) => one.Score != other.Score ? other.Score.CompareTo(one.Score) : one.Order.CompareTo(other.Order));
        var kept = keepsItem && current is { } before
            ? _shown.FindIndex(entry => EqualityComparer<T>.Default.Equals(entry.Item.Value, before.Value))
            : 0;
        MoveTo(kept >= 0 ? kept : Cursor);
    }

    private readonly record struct Entry(Choice<T> Item, int Score, List<int> Positions, int Order);
}
