using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>A line that matched in some session.</summary>
/// <param name="Session">Its id.</param>
/// <param name="Ordinal">How many matches of that session are newer.</param>
internal readonly record struct FoundLine(string Session, int Ordinal);

/// <summary>An expression, and below it the lines of all sessions that match. Enter searches, then goes to the chosen line; Escape closes.</summary>
internal sealed class SearchAllView : View
{
    private readonly TextField _field;
    private readonly List<Choice<FoundLine>> _found = [];
    private readonly ChoiceList<FoundLine> _list;
    private string _searched = "";
    private Area _listArea;

    /// <param name="search">Called with an expression to be searched for; gives back what is wrong with it.</param>
    public SearchAllView(Func<string, string?> search)
    {
        Search = search;
        _list = new ChoiceList<FoundLine> { EmptyText = "", HasFocus = true, Chosen = line => (Choice, IsClosed) = (line, true) };
        _field = new TextField { Placeholder = "a regular expression, searched in what all sessions printed", HasFocus = true };
    }

    public bool IsClosed { get; private set; }

    /// <summary>The line to go to, once it is closed.</summary>
    public FoundLine? Choice { get; private set; }

    /// <summary>What is being done, or what is wrong.</summary>
    public string Status { get; set; } = "Enter searches · Esc closes";

    private Func<string, string?> Search { get; }

    /// <summary>Adds lines that match, the newest of a session first.</summary>
    public void Add(IEnumerable<Choice<FoundLine>> lines)
    {
        _found.AddRange(lines.Select(line => line with { Text = PlainText.Of(line.Text) }));
        _list.Items = [.. _found];
    }

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        var columns = Math.Min(canvas.Columns, Math.Max(70, canvas.Columns - 20));
        var rows = Math.Min(canvas.Rows, Math.Max(12, canvas.Rows - 8));
        var box = canvas.Part(new Area((canvas.Columns - columns) / 2, (canvas.Rows - rows) / 2, columns, rows));
        box.Fill(scheme.Text);
        box.Box(box.Whole, scheme.Focus, BoxKind.Single, "Search in all sessions");
        box.Write(box.Rows - 1, 2, TextWidth.Cut($" {Status} ", Math.Max(0, box.Columns - 4)), scheme.Muted);
        var inside = box.Part(box.Whole.Inset(1));
        var list = inside.Part(new Area(0, 1, inside.Columns, inside.Rows - 1));
        _listArea = list.Area with { Column = list.Area.Column - canvas.Area.Column, Row = list.Area.Row - canvas.Area.Row };
        _list.Draw(list, scheme);
        _field.Draw(inside.Part(new Area(2, 0, inside.Columns - 2, 1)), scheme);
    }

    public override bool TakeKey(in KeyPress press)
    {
        switch (press.Key)
        {
            case Key.Escape:
            case Key.Character when press is { CodePoint: 'c', Modifiers: KeyModifiers.Control }:
                IsClosed = true;
                break;
            case Key.Enter when _field.Text != _searched:
                Begin();
                break;
            case Key.Enter:
                (Choice, IsClosed) = (_list.Current?.Value, _list.Current is not null);
                break;
            default:
                _ = (press.Key is not (Key.Up or Key.Down or Key.PageUp or Key.PageDown) && _field.TakeKey(press)) || _list.TakeKey(press);
                break;
        }

        return true;
    }

    /// <summary>A click chooses a line, the wheel moves among them.</summary>
    public override bool TakeMouse(in MouseEvent mouse) => _listArea.Contains(mouse.Column, mouse.Row)
        && _list.TakeMouse(mouse with { Column = mouse.Column - _listArea.Column, Row = mouse.Row - _listArea.Row });

    public override bool TakePaste(string text) => _field.TakePaste(text);

    private void Begin()
    {
        _found.Clear();
        _list.Items = [];
        _searched = _field.Text;
        if (Search(_field.Text) is { } wrong)
        {
            (Status, _searched) = (wrong, "");
        }
    }
}
