using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Output;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>A transcript over the whole screen: it scrolls, stays at its end while it grows, is searched with `/`, `n` and `N`, and copied with `y`. Escape closes.</summary>
internal sealed class TranscriptView(string title) : View
{
    private const int WheelRows = 3;

    private readonly List<TranscriptEntry> _entries = [];
    private readonly TranscriptLines _lines = new();
    private TextField? _search;
    private string _searched = "";
    private int _found = -1;
    private int _top;
    private int _rows = 1;
    private bool _isAtEnd = true;

    public bool IsClosed { get; private set; }

    /// <summary>Whose it is, behind the title.</summary>
    public string Source { get; set; } = "";

    /// <summary>What is wrong, or shown while nothing is there.</summary>
    public string Status { get; set; } = "reading …";

    /// <summary>Puts a text on the clipboard.</summary>
    public Action<string>? Copy { get; init; }

    /// <summary>The beginning is shown, and is not the transcript's.</summary>
    public Action? WantsEarlier { get; init; }

    /// <summary>The number of the first entry that is here; 0 when there is none before.</summary>
    public int First => _entries is [var first, ..] ? first.Number : 0;

    /// <summary>The number that the next entry will have.</summary>
    public int End => _entries is [.., var last] ? last.Number + 1 : 0;

    public void Append(IReadOnlyList<TranscriptEntry> entries)
    {
        if (entries.Count > 0 || _entries.Count == 0)
        {
            Status = "";
        }

        _entries.AddRange(entries.Where(entry => entry.Number >= End));
        Renew();
    }

    /// <summary>Entries before the first one; the same lines stay where they are.</summary>
    public void Prepend(IReadOnlyList<TranscriptEntry> entries)
    {
        var before = _lines.Count;
        _entries.InsertRange(0, entries.Where(entry => entry.Number < First));
        Renew();
        var added = _lines.Count - before;
        _top += added;
        _found = _found < 0 ? _found : _found + added;
    }

    public void Clear()
    {
        _entries.Clear();
        Renew();
        (_top, _found, _isAtEnd) = (0, -1, true);
    }

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        canvas.Fill(scheme.Text);
        canvas.Box(canvas.Whole, scheme.Focus, BoxKind.Single, $"Transcript of {title}", TextWidth.Cut(PlainText.Of(Source), Math.Max(0, canvas.Columns - 30)));
        var inside = canvas.Part(canvas.Whole.Inset(2, 1, 2, 1));
        _rows = Math.Max(1, inside.Rows);
        _lines.Fit(_entries, Math.Max(1, inside.Columns));
        Settle();
        for (var row = 0; row < inside.Rows && _top + row < _lines.Count; row++)
        {
            var (text, role, isError) = _lines[_top + row];
            inside.Write(row, 0, text, StyleOf(role, isError, scheme));
            Mark(inside, row, text, _top + row == _found ? scheme.Selection : scheme.Match);
        }

        if (_lines.Count == 0)
        {
            inside.Write(0, 0, TextWidth.Cut(Status.Length > 0 ? Status : "nothing was said yet", inside.Columns), scheme.Muted);
        }

        DrawFoot(canvas, scheme);
    }

    public override bool TakeKey(in KeyPress press)
    {
        if (press.Action == KeyAction.Release)
        {
            return true;
        }

        if (_search is { } search)
        {
            TakeSearchKey(search, press);
            return true;
        }

        var control = (press.Modifiers & ~KeyModifiers.Locks) == KeyModifiers.Control;
        switch (press.Key, control ? '\0' : press.CodePoint)
        {
            case (Key.Escape, _) or (Key.Character, 'q'): IsClosed = true; break;
            case (Key.Character, '\0') when press.CodePoint == 'c': IsClosed = true; break;
            case (Key.Up, _) or (Key.Character, 'k'): Scroll(-1); break;
            case (Key.Down, _) or (Key.Character, 'j'): Scroll(1); break;
            case (Key.PageUp, _): Scroll(1 - _rows); break;
            case (Key.PageDown, _) or (Key.Character, ' '): Scroll(_rows - 1); break;
            case (Key.Home, _) or (Key.Character, 'g'): Scroll(-_lines.Count); break;
            case (Key.End, _) or (Key.Character, 'G'): Scroll(_lines.Count); break;
            case (Key.Character, '/'): _search = new TextField { Placeholder = "search; Enter keeps the place", HasFocus = true, Text = "" }; break;
            case (Key.Character, 'n'): Find(-1); break;
            case (Key.Character, 'N'): Find(1); break;
            case (Key.Character, 'y'): Copy?.Invoke(_lines.Text(_top, _rows)); break;
            case (Key.Character, 'Y'): Copy?.Invoke(_lines.Text(0, _lines.Count)); break;
        }

        return true;
    }

    public override bool TakePaste(string text) => _search?.TakePaste(text) ?? false;

    public override bool TakeMouse(in MouseEvent mouse)
    {
        Scroll(mouse switch
        {
            { Action: MouseAction.Press, Button: 4 } => -WheelRows,
            { Action: MouseAction.Press, Button: 5 } => WheelRows,
            _ => 0,
        });
        return true;
    }

    private static Style StyleOf(TranscriptRole role, bool isError, Scheme scheme) => role switch
    {
        _ when isError => scheme.Failed,
        TranscriptRole.User => scheme.Strong,
        TranscriptRole.Tool => scheme.Working,
        TranscriptRole.Thinking or TranscriptRole.Result => scheme.Muted,
        TranscriptRole.System => scheme.Done,
        _ => scheme.Text,
    };

    private void TakeSearchKey(TextField search, in KeyPress press)
    {
        switch (press.Key)
        {
            case Key.Escape: (_search, _searched, _found) = (null, "", -1); break;
            case Key.Enter or Key.KeypadEnter:
                (_search, _searched, _found) = (null, search.Text, -1);
                Find(-1);
                break;
            default: search.TakeKey(press); break;
        }
    }

    // As in a session's history: the next match is an older one.
    private void Find(int direction)
    {
        if (_searched.Length == 0)
        {
            return;
        }

        var start = _found >= 0 ? _found + direction : direction < 0 ? Math.Min(_lines.Count, _top + _rows) - 1 : _top;
        for (var line = start; line >= 0 && line < _lines.Count; line += direction)
        {
            if (Matches(_lines[line].Text) >= 0)
            {
                (_found, Status) = (line, "");
                Scroll(line < _top || line >= _top + _rows ? line - (_rows / 2) - _top : 0);
                return;
            }
        }

        Status = $"no {(direction < 0 ? "older" : "newer")} match of {_searched}{(direction < 0 && First > 0 ? " in what is loaded; Home loads more" : "")}";
    }

    private int Matches(string line) => line.IndexOf(_searched, _searched.Any(char.IsUpper) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private void Mark(Canvas inside, int row, string text, Style style)
    {
        if (_searched.Length > 0 && Matches(text) is >= 0 and var at)
        {
            inside.Highlight(new Area(TextWidth.Of(text.AsSpan(0, at)), row, TextWidth.Of(text.AsSpan(at, _searched.Length)), 1), style);
        }
    }

    private void Scroll(int rows)
    {
        var last = Math.Max(0, _lines.Count - _rows);
        _top = (int)Math.Clamp((long)_top + rows, 0, last);
        _isAtEnd = rows == 0 ? _isAtEnd && _top == last : _top == last;
        if (_top == 0 && rows < 0)
        {
            WantsEarlier?.Invoke();
        }
    }

    private void Settle()
    {
        var last = Math.Max(0, _lines.Count - _rows);
        _top = _isAtEnd ? last : Math.Min(_top, last);
    }

    private void Renew()
    {
        _lines.Forget();
        if (_lines.Columns > 0)
        {
            _lines.Fit(_entries, _lines.Columns);
        }
    }

    private void DrawFoot(Canvas canvas, Scheme scheme)
    {
        if (_search is { } search)
        {
            canvas.Write(canvas.Rows - 1, 2, "/", scheme.Strong);
            search.Draw(canvas.Part(new Area(3, canvas.Rows - 1, Math.Max(0, canvas.Columns - 5), 1)), scheme);
            return;
        }

        var foot = Status.Length > 0 && _lines.Count > 0 ? Status : "/ search · n N match · y copy · Esc closes";
        canvas.Write(canvas.Rows - 1, 2, TextWidth.Cut($" {foot} ", Math.Max(0, canvas.Columns - 4)), scheme.Muted);
        var place = _isAtEnd ? " end " : $" {Math.Min(_lines.Count, _top + _rows)} of {_lines.Count} ";
        if (canvas.Columns > TextWidth.Of(foot) + TextWidth.Of(place) + 8)
        {
            canvas.WriteRight(canvas.Rows - 1, canvas.Columns - 2, place, scheme.Muted);
        }
    }
}
