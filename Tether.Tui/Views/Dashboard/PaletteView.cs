using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>A line to type into, and below it every command and session that matches. Enter chooses, Escape closes.</summary>
internal sealed class PaletteView : View
{
    private readonly TextField _field;
    private readonly ChoiceList<Action> _list;

    public PaletteView(IReadOnlyList<Choice<Action>> choices)
    {
        _list = new ChoiceList<Action> { Items = choices, HasFocus = true };
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
        box.Box(box.Whole, scheme.Focus, BoxKind.Single, " Commands and sessions ", " Enter · Esc ");
        var inner = box.Part(box.Whole.Inset(1));
        _list.Draw(inner.Part(new Area(0, 1, inner.Columns, inner.Rows - 1)), scheme);
        _field.Draw(inner.Part(new Area(0, 0, inner.Columns, 1)), scheme);
    }

    public override bool TakeKey(in KeyPress press)
    {
        switch (press.Key)
        {
            case Key.Escape:
            case Key.Character when press is { CodePoint: 'c', Modifiers: KeyModifiers.Control }:
                IsClosed = true;
                break;
            case Key.Enter:
                (Choice, IsClosed) = (_list.Current?.Value, true);
                break;
            default:
                _ = _field.TakeKey(press) || _list.TakeKey(press);
                break;
        }

        return true;
    }

    public override bool TakePaste(string text) => _field.TakePaste(text);

    private void Filter() => _list.Filter = _field.Text;
}
