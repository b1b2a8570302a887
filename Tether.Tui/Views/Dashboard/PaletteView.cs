using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>A line to type into, and below it every command and session that matches. Enter chooses, Escape closes.</summary>
internal sealed class PaletteView : View
{
    private readonly TextField _field;
    private readonly ChoiceList<Action> _list;

    private Area _listArea;

    public PaletteView(IReadOnlyList<Choice<Action>> choices)
    {
        _list = new ChoiceList<Action>
        {
            Items = [.. choices.Select(choice => choice with { Text = PlainText.Of(choice.Text), Hint = PlainText.Of(choice.Hint) })],
            HasFocus = true,
            Chosen = Choose,
        };
        _field = new TextField { Placeholder = "a command or a session", Changed = Filter, HasFocus = true };
    }

    /// <summary>Closed by a choice or by Escape.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What was chosen, to be done once the palette is gone.</summary>
    public Action? Choice { get; private set; }

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        var columns = Math.Min(canvas.Columns, 70);
        var rows = Math.Min(canvas.Rows, 18);
        var box = canvas.Part(new Area((canvas.Columns - columns) / 2, Math.Min(2, canvas.Rows - rows), columns, rows));
        box.Fill(scheme.Text);
        box.Box(box.Whole, scheme.Focus, BoxKind.Heavy, "Commands and sessions", "Enter · Esc");
        var inner = box.Part(box.Whole.Inset(1));
        var list = inner.Part(new Area(0, 1, inner.Columns, Math.Max(0, inner.Rows - 1)));
        _listArea = list.Area with { Column = list.Area.Column - canvas.Area.Column, Row = list.Area.Row - canvas.Area.Row };
        _list.Draw(list, scheme);
        inner.Write(0, 0, "›", scheme.Focus);
        _field.Draw(inner.Part(new Area(2, 0, inner.Columns - 2, 1)), scheme);
        if (_list.Count > list.Rows)
        {
            var place = $" {_list.Cursor + 1} of {_list.Count} ";
            box.Write(box.Rows - 1, Math.Max(1, box.Columns - 2 - place.Length), place, scheme.Focus);
        }
    }

    public override bool TakeKey(in KeyPress press)
    {
        if (press.Action == KeyAction.Release)
        {
            return true;
        }

        switch (press.Key)
        {
            case Key.Escape:
            case Key.Character when press is { CodePoint: 'c', Modifiers: KeyModifiers.Control }:
                IsClosed = true;
                break;
            case Key.Home or Key.End when _field.Text.Length == 0:
            case Key.Enter:
                _list.TakeKey(press);
                break;
            case Key.Character when press is { CodePoint: 'n' or 'p', Modifiers: KeyModifiers.Control }:
                _list.TakeKey(press);
                break;
            default:
                _ = _field.TakeKey(press) || _list.TakeKey(press);
                break;
        }

        return true;
    }

    public override bool TakePaste(string text) => _field.TakePaste(text);

    /// <summary>A click chooses an item, the wheel moves among them.</summary>
    public override bool TakeMouse(in MouseEvent mouse) => _listArea.Contains(mouse.Column, mouse.Row)
        && _list.TakeMouse(mouse with { Column = mouse.Column - _listArea.Column, Row = mouse.Row - _listArea.Row });

    private void Choose(Action action) => (Choice, IsClosed) = (action, true);

    private void Filter() => _list.Filter = _field.Text;
}
