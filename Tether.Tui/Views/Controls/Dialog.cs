using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Controls;

/// <summary>A view in a dialog, under its label. It gets so many rows, fewer where there is no room.</summary>
internal sealed record DialogField(string Label, View View, int Rows = 1);

/// <summary>How a dialog ended.</summary>
internal enum DialogResult
{
    Open,
    Confirmed,
    Cancelled,
}

/// <summary>
/// A titled box in the middle of the screen: some text, and fields that Tab and Shift-Tab go through. Enter confirms from anywhere, Escape and Ctrl-C
/// cancel. It shrinks to the screen; on a low one the field that has the focus stays in sight.
/// </summary>
internal sealed class Dialog : View
{
    private const int MaxColumns = 72;

    private readonly IReadOnlyList<DialogField> _fields;
    private readonly List<(DialogField Field, Area Area)> _areas = [];
    private int _focus;

    public Dialog(string title, IReadOnlyList<DialogField> fields)
    {
        Title = title;
        _fields = fields;
        Focus(0);
    }

    public string Title { get; }

    /// <summary>Paragraphs above the fields.</summary>
    public IReadOnlyList<string> Text { get; set; } = [];

    /// <summary>What the keys do, in the lower edge.</summary>
    public string Hint { get; init; } = "Enter ok · Esc cancel";

    /// <summary>What is wrong with what was entered; shown until the next key.</summary>
    public string Error { get; set; } = "";

    /// <summary>Asked before it is confirmed; what it gives back is shown as <see cref="Error"/> and the dialog stays open. Null is fine.</summary>
    public Func<string?>? Check { get; init; }

    /// <summary>`y` confirms it and Enter does not: for what must not be done by a key that was meant for something else.</summary>
    public bool NeedsYes { get; init; }

    public DialogResult Result { get; private set; }

    /// <summary>What was confirmed could not be done: the dialog is open again and says why.</summary>
    public void Refuse(string error) => (Result, Error) = (DialogResult.Open, error);

    /// <summary>The field with the focus; -1 without fields.</summary>
    public int FocusedField => _fields.Count == 0 ? -1 : _focus;

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        var columns = Math.Min(MaxColumns, canvas.Columns - (canvas.Columns > 48 ? 4 : 0));
        var lines = Text.SelectMany(text => TextWidth.Wrap(text, Math.Max(1, columns - 4))).ToList();
        var box = Place(canvas, columns, lines.Count);
        var part = canvas.Part(box);
        part.Fill(scheme.Text);
        part.Box(part.Whole, scheme.Focus, scheme.Dims ? BoxKind.Rounded : BoxKind.Double, Title, titleStyle: scheme.Strong);
        var inside = part.Part(part.Whole.Inset(2, 1, 2, 1));
        var text = Math.Min(lines.Count, Math.Max(0, inside.Rows - RowsOf(_fields)));
        for (var row = 0; row < text; row++)
        {
            inside.Write(row, 0, TextWidth.Cut(lines[row], inside.Columns), scheme.Text);
        }

        DrawFields(inside, text, scheme, canvas.Area);
        var foot = Error.Length > 0 ? Error : Hint;
        if (part.Rows > 1 && part.Columns > 6)
        {
            part.Write(part.Rows - 1, 2, $" {TextWidth.Cut(foot, part.Columns - 6)} ", Error.Length > 0 ? scheme.Failed : scheme.Muted);
        }
    }

    public override bool TakeKey(in KeyPress press)
    {
        if (press.Action == KeyAction.Release)
        {
            return false;
        }

        Error = "";
        var held = press.Modifiers & ~KeyModifiers.Locks;
        if (press.Key == Key.Escape || (press is { Key: Key.Character, CodePoint: 'c' } && held == KeyModifiers.Control))
        {
            Result = DialogResult.Cancelled;
        }
        else if (FocusedField < 0 || !_fields[_focus].View.TakeKey(press))
        {
            TakeOwn(FocusedField < 0 ? Answer(press) : press.Key, held);
        }

        return true;
    }

    public override bool TakePaste(string text) => FocusedField >= 0 && _fields[_focus].View.TakePaste(text);

    public override bool TakeMouse(in MouseEvent mouse)
    {
        foreach (var (field, area) in _areas)
        {
            if (area.Contains(mouse.Column, mouse.Row))
            {
                if (mouse.Action == MouseAction.Press)
                {
                    Focus(_fields.Select((other, i) => (other, i)).First(pair => pair.other == field).i);
                }

                return field.View.TakeMouse(mouse with { Row = mouse.Row - area.Row, Column = mouse.Column - area.Column });
            }
        }

        return true;
    }

    private static int RowsOf(IEnumerable<DialogField> fields) => fields.Sum(field => field.Rows + (field.Label.Length > 0 ? 1 : 0));

    private Key Answer(in KeyPress press) =>
        press is { Key: Key.Character, CodePoint: 'y' or 'Y' } ? Key.Enter
        : NeedsYes && press.Key is Key.Enter or Key.KeypadEnter ? Key.Character
        : press.Key;

    private void TakeOwn(Key key, KeyModifiers held)
    {
        switch (key)
        {
            case Key.Tab or Key.Down when (held & KeyModifiers.Shift) == 0:
                Focus(_focus + 1);
                break;
            case Key.Tab or Key.Up:
                Focus(_focus - 1);
                break;
            case Key.Enter or Key.KeypadEnter:
                Error = Check?.Invoke() ?? "";
                Result = Error.Length == 0 ? DialogResult.Confirmed : DialogResult.Open;
                break;
        }
    }

    private void Focus(int field)
    {
        _focus = _fields.Count == 0 ? 0 : (field + _fields.Count) % _fields.Count;
        for (var i = 0; i < _fields.Count; i++)
        {
            _fields[i].View.HasFocus = i == _focus;
        }
    }

    private Area Place(Canvas canvas, int columns, int lines)
    {
        var rows = Math.Min(canvas.Rows, 2 + lines + RowsOf(_fields));
        return new Area((canvas.Columns - columns) / 2, (canvas.Rows - rows) / 2, columns, rows);
    }

    // From the first field on, or from a later one where the one with the focus would not be seen.
    private void DrawFields(Canvas inside, int row, Scheme scheme, Area whole)
    {
        var first = 0;
        while (first < _focus && RowsOf(_fields.Skip(first).Take(_focus - first)) + RowsOf([_fields[_focus] with { Rows = 1 }]) > inside.Rows - row)
        {
            first++;
        }

        _areas.Clear();
        foreach (var field in _fields.Skip(first))
        {
            if (field.Label.Length > 0 && row + 1 < inside.Rows)
            {
                inside.Write(row++, 0, TextWidth.Cut(field.Label, inside.Columns), field.View.HasFocus ? scheme.Strong : scheme.Muted);
            }

            var part = inside.Part(new Area(0, row, inside.Columns, Math.Min(field.Rows, Math.Max(0, inside.Rows - row))));
            if (part.Rows == 0)
            {
                return;
            }

            field.View.Draw(part, scheme);
            _areas.Add((field, part.Area with { Column = part.Area.Column - whole.Column, Row = part.Area.Row - whole.Row }));
            row += part.Rows;
        }
    }
}
