using System.Text;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Tui.Views.Controls;

/// <summary>A text with a cursor in it, and the keys that change both, as in a shell's line. The cursor is always between clusters.</summary>
internal sealed class TextLine
{
    private string _killed = "";

    public string Text { get; private set; } = "";

    /// <summary>In UTF-16 units from the beginning.</summary>
    public int Cursor { get; private set; }

    public void Set(string text, int? cursor = null)
    {
        Text = text;
        Cursor = Math.Clamp(cursor ?? text.Length, 0, text.Length);
    }

    public void MoveTo(int cursor) => Cursor = Math.Clamp(cursor, 0, Text.Length);

    /// <summary>Puts a text in at the cursor; line breaks and other controls become blanks where <paramref name="isOneLine"/> is set.</summary>
    public void Insert(string text, bool isOneLine)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            var isKept = !Rune.IsControl(rune) || (rune.Value == '\n' && !isOneLine);
            clean.Append(isKept ? rune : new Rune(' '));
        }

        Text = Text.Insert(Cursor, clean.ToString());
        Cursor += clean.Length;
    }

    /// <summary>False if the key does not edit.</summary>
    public bool Take(in KeyPress press)
    {
        var held = press.Modifiers & ~(KeyModifiers.Locks | KeyModifiers.Shift);
        return held switch
        {
            KeyModifiers.None => TakePlain(press),
            KeyModifiers.Control => TakeControl(press),
            KeyModifiers.Alt => TakeAlt(press),
            _ => false,
        };
    }

    private bool TakePlain(in KeyPress press)
    {
        switch (press.Key)
        {
            case Key.Character:
                Insert(press.Text ?? char.ConvertFromUtf32(press.CodePoint), isOneLine: true);
                break;
            case Key.Left: Cursor = Before(); break;
            case Key.Right: Cursor = Behind(); break;
            case Key.Home: Cursor = LineStart(); break;
            case Key.End: Cursor = LineEnd(); break;
            case Key.Backspace: Remove(Before(), Cursor); break;
            case Key.Delete: Remove(Cursor, Behind()); break;
            default: return false;
        }

        return true;
    }

    private bool TakeControl(in KeyPress press)
    {
        switch (press.Key, (char)press.CodePoint)
        {
            case (Key.Character, 'a'): Cursor = LineStart(); break;
            case (Key.Character, 'e'): Cursor = LineEnd(); break;
            case (Key.Character, 'b'): Cursor = Before(); break;
            case (Key.Character, 'f'): Cursor = Behind(); break;
            case (Key.Character, 'd'): Remove(Cursor, Behind()); break;
            case (Key.Character, 'h'): Remove(Before(), Cursor); break;
            case (Key.Character, 'u'): Kill(LineStart(), Cursor); break;
            case (Key.Character, 'k'): Kill(Cursor, LineEnd() == Cursor ? Behind() : LineEnd()); break;
            case (Key.Character, 'w') or (Key.Backspace, _): Kill(WordStart(), Cursor); break;
            case (Key.Character, 'y'): Insert(_killed, isOneLine: false); break;
            case (Key.Left, _): Cursor = WordStart(); break;
            case (Key.Right, _): Cursor = WordEnd(); break;
            default: return false;
        }

        return true;
    }

    private bool TakeAlt(in KeyPress press)
    {
        switch (press.Key, (char)press.CodePoint)
        {
            case (Key.Character, 'b') or (Key.Left, _): Cursor = WordStart(); break;
            case (Key.Character, 'f') or (Key.Right, _): Cursor = WordEnd(); break;
            case (Key.Character, 'd'): Kill(Cursor, WordEnd()); break;
            case (Key.Backspace, _): Kill(WordStart(), Cursor); break;
            default: return false;
        }

        return true;
    }

    private void Kill(int from, int to)
    {
        _killed = from < to ? Text[from..to] : _killed;
        Remove(from, to);
    }

    private void Remove(int from, int to)
    {
        Text = Text.Remove(from, to - from);
        Cursor = from;
    }

    private int LineStart() => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    private int LineEnd() => Text.IndexOf('\n', Cursor) is var end and >= 0 ? end : Text.Length;

    private int Behind() => Cursor == Text.Length ? Cursor : Cursor + DisplayWidth.NextCluster(Text.AsSpan(Cursor), out _);

    private int Before()
    {
        var (at, before) = (LineStart(), Math.Max(0, Cursor - 1));
        while (at < Cursor)
        {
            before = at;
            at += DisplayWidth.NextCluster(Text.AsSpan(at), out _);
        }

        return before;
    }

    private int WordStart()
    {
        var at = Cursor;
        while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        return at;
    }

    private int WordEnd()
    {
        var at = Cursor;
        while (at < Text.Length && char.IsWhiteSpace(Text[at]))
        {
            at++;
        }

        while (at < Text.Length && !char.IsWhiteSpace(Text[at]))
        {
            at++;
        }

        return at;
    }
}
