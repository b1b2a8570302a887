using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Terminal.Unicode;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Controls;

/// <summary>One line to write in; it scrolls sideways when the text is longer than the field.</summary>
internal sealed class TextField : View
{
    private readonly TextLine _line = new();
    private int _first;

    /// <summary>What may be written while nothing is.</summary>
    public string Placeholder { get; init; } = "";

    /// <summary>Completes what stands before the cursor; null or the same text for nothing. Without it Tab means nothing here.</summary>
    public Func<string, string?>? Complete { get; init; }

    /// <summary>Called after every change of the text.</summary>
    public Action? Changed { get; init; }

    /// <summary>Setting it puts the cursor at its end.</summary>
    public string Text
    {
        get => _line.Text;
        set
        {
            _first = 0;
            _line.Set(value);
        }
    }

    /// <summary>In UTF-16 units.</summary>
    public int Cursor => _line.Cursor;

    // The mark that something is hidden takes a column.
    private int Left => _first > 0 ? 1 : 0;

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        var (columns, text) = (canvas.Columns, _line.Text);
        if (columns == 0 || canvas.Rows == 0)
        {
            return;
        }

        canvas.Part(new Area(0, 0, columns, 1)).Fill(scheme.Text);
        if (text.Length == 0)
        {
            canvas.Write(0, 0, TextWidth.Cut(Placeholder, columns), scheme.Muted);
        }

        _first = FirstShown(columns);
        var isMore = TextWidth.Of(text.AsSpan(_first)) + Left > columns;
        canvas.Write(0, 0, _first > 0 ? "‹" : "", scheme.Muted);
        canvas.Write(0, columns - 1, isMore ? "›" : "", scheme.Muted);
        canvas.Part(new Area(Left, 0, columns - Left - (isMore ? 1 : 0), 1)).Write(0, 0, text.AsSpan(_first), scheme.Text);
        if (HasFocus)
        {
            canvas.PutCursor(0, Left + TextWidth.Of(text.AsSpan(_first, _line.Cursor - _first)), CursorShape.SteadyBar);
        }
    }

    public override bool TakeKey(in KeyPress press)
    {
        if (press.Action == KeyAction.Release)
        {
            return false;
        }

        var before = _line.Text;
        var isTaken = press.Key == Key.Tab ? (press.Modifiers & ~KeyModifiers.Locks) == 0 && TakeTab() : _line.Take(press);
        Tell(before);
        return isTaken;
    }

    public override bool TakePaste(string text)
    {
        var before = _line.Text;
        _line.Insert(text.TrimEnd('\r', '\n'), isOneLine: true);
        Tell(before);
        return true;
    }

    public override bool TakeMouse(in MouseEvent mouse)
    {
        if (mouse is not { Action: MouseAction.Press, Button: 1 })
        {
            return false;
        }

        _first = Math.Min(_first, _line.Cursor);
        _line.MoveTo(_first + TextWidth.LengthWithin(_line.Text.AsSpan(_first), mouse.Column - Left));
        return true;
    }

    private void Tell(string before)
    {
        if (before != _line.Text)
        {
            Changed?.Invoke();
        }
    }

    private bool TakeTab()
    {
        if (Complete?.Invoke(_line.Text[.._line.Cursor]) is not { } completed || completed == _line.Text[.._line.Cursor])
        {
            return false;
        }

        _line.Set(completed + _line.Text[_line.Cursor..], completed.Length);
        return true;
    }

    // No further than it must, so that the text holds still; one column is left for the cursor behind the text and one for the mark at each side.
    private int FirstShown(int columns)
    {
        var (text, cursor) = (_line.Text, _line.Cursor);
        if (TextWidth.Of(text) < columns)
        {
            return 0;
        }

        var first = Math.Min(_first, cursor);
        first = cursor <= first ? BackBy(text, cursor, 2) : first;
        while (first < cursor && TextWidth.Of(text.AsSpan(first, cursor - first)) > Math.Max(0, columns - 3))
        {
            first += DisplayWidth.NextCluster(text.AsSpan(first), out _);
        }

        return first;
    }

    private static int BackBy(string text, int cursor, int columns)
    {
        var at = 0;
        while (at < cursor && TextWidth.Of(text.AsSpan(at, cursor - at)) > columns)
        {
            at += DisplayWidth.NextCluster(text.AsSpan(at), out _);
        }

        return at;
    }
}
