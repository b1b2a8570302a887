using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>All keys by topic, made from the same table as the bindings. Any key but the arrows closes it.</summary>
internal sealed class HelpView(KeyBindings bindings) : View
{
    private const int KeyColumns = 18;
    private readonly List<(string Keys, string Text)> _lines = Lines(bindings);
    private int _first;
    private int _rows = 1;

    public bool IsClosed { get; private set; }

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        var columns = Math.Min(canvas.Columns, 76);
        var rows = Math.Min(canvas.Rows, _lines.Count + 2);
        var box = canvas.Part(new Area((canvas.Columns - columns) / 2, (canvas.Rows - rows) / 2, columns, rows));
        box.Fill(scheme.Text);
        box.Box(box.Whole, scheme.Focus, BoxKind.Single, " Keys ", " arrows scroll · any other key closes ");
        var list = box.Part(box.Whole.Inset(2, 1, 2, 1));
        _rows = Math.Max(1, list.Rows);
        _first = Math.Clamp(_first, 0, Math.Max(0, _lines.Count - _rows));
        for (var row = 0; row < list.Rows && _first + row < _lines.Count; row++)
        {
            var (keys, text) = _lines[_first + row];
            if (keys.Length == 0)
            {
                list.Write(row, 0, text, scheme.Muted);
                continue;
            }

            list.Write(row, 0, TextWidth.Cut(keys, KeyColumns - 1), scheme.Strong);
            list.Write(row, KeyColumns, TextWidth.Cut(text, list.Columns - KeyColumns), scheme.Text);
        }
    }

    public override bool TakeKey(in KeyPress press)
    {
        switch (press.Key)
        {
            case Key.Up: _first--; break;
            case Key.Down: _first++; break;
            case Key.PageUp: _first -= _rows; break;
            case Key.PageDown: _first += _rows; break;
            default: IsClosed = true; break;
        }

        return true;
    }

    private static List<(string Keys, string Text)> Lines(KeyBindings bindings)
    {
        var lines = new List<(string, string)>();
        foreach (var mode in Enum.GetValues<DashboardMode>())
        {
            lines.Add(("", Heading(mode)));
            foreach (var entry in CommandTable.All)
            {
                var keys = bindings.KeysOf(mode, entry.Command);
                if (keys.Count > 0)
                {
                    lines.Add((string.Join(' ', keys), entry.Description));
                }
            }
        }

        return lines;
    }

    private static string Heading(DashboardMode mode) => mode switch
    {
        DashboardMode.Navigate => "Going from session to session",
        DashboardMode.Type => "Typing into a session: every key is the session's, but",
        DashboardMode.Queue => "In the queue of what needs you",
        _ => "In a session's history",
    };
}
