using System.Text;

namespace Tether.Daemon.Tests.Sessions;

/// <summary>
/// A line editor that a random stream of keys is meant for: what it holds after each key is the truth that a watch over the bytes must not miss. Where real
/// editors differ it does what leaves more behind.
/// </summary>
internal sealed class ModelEditor(Random random)
{
    private static readonly string[] Words = ["a", "ls", "fix", "é", "中", "👍🏽", "x y", " ", "\\", ".", "@", "/"];

    private readonly StringBuilder _text = new();
    private readonly List<string> _history = [];
    private int _cursor;

    public bool HasText => _text.Length > 0;

    /// <summary>One key, carried out; gives its bytes in one of its encodings.</summary>
    public string Press()
    {
        switch (random.Next(22))
        {
            case < 7:
                var word = Words[random.Next(Words.Length)];
                Insert(word);
                return random.Next(4) == 0 && word.Length == 1 && word[0] < 128 && word != " " ? $"\e[{(int)word[0]};1:1u\e[{(int)word[0]};1:3u" : word;
            case 7:
                return Submit(One("\r", "\e[13u", "\e[57414u", "\e[13;1:1u"));
            case 8:
                Insert("\n");
                return One("\e\r", "\e[13;2u", "\e[13;3u", "\e[27;2;13~");
            case 9:
                Clear();
                return One("\x03", "\e[99;5u");
            case 10:
                DeleteLine();
                return One("\x15", "\e[117;5u");
            case 11:
                DeleteWord();
                return One("\x17", "\e[119;5u");
            case 12 or 13 or 14:
                DeleteBack();
                return One("\x7f", "\b", "\e[127u");
            case 15:
                _cursor = Math.Max(_cursor - 1, 0);
                return One("\e[D", "\eOD", "\x02");
            case 16:
                _cursor = random.Next(2) == 0 ? 0 : _text.Length;
                return _cursor == 0 ? One("\e[H", "\x01", "\eOH") : One("\e[F", "\x05");
            case 17:
                Recall();
                return One("\e[A", "\x10", "\eOA");
            case 18:
                var pasted = One("one", "one\rtwo", "x", "/tmp/a.png", "");
                Insert(pasted);
                return $"\e[200~{pasted}\e[201~";
            case 19:
                return One("\e[I", "\e[O", "\e[<35;7;7M", "\e[M !!", "\e[?62;22c", "\e[12;5R", "\e[97;1:3u", "\e]11;rgb:00/00/00\e\\");
            case 20:
                return One("\e", "\e[27u");
            default:
                Insert("completed");
                return "\t";
        }
    }

    private string Submit(string keys)
    {
        if (_cursor > 0 && _text[_cursor - 1] == '\\')
        {
            Insert("\n");
        }
        else
        {
            Remember();
            Clear();
        }

        return keys;
    }

    // A backslash that history brings is known by the screen alone.
    private void Remember()
    {
        if (!_text.ToString().Contains('\\', StringComparison.Ordinal))
        {
            _history.Add(_text.ToString());
        }
    }

    private void Insert(string text)
    {
        _text.Insert(_cursor, text);
        _cursor += text.Length;
    }

    private void Clear()
    {
        _text.Clear();
        _cursor = 0;
    }

    private void Recall()
    {
        if (_history.Count > 0)
        {
            _text.Clear().Append(_history[random.Next(_history.Count)]);
            _cursor = _text.Length;
        }
    }

    // One code point, although what is seen as one character may be several.
    private void DeleteBack()
    {
        var count = _cursor == 0 ? 0 : _cursor > 1 && char.IsLowSurrogate(_text[_cursor - 1]) ? 2 : 1;
        Delete(count);
    }

    private void DeleteLine()
    {
        var start = _cursor;
        while (start > 0 && _text[start - 1] != '\n' && _text[start - 1] != '\r')
        {
            start--;
        }

        Delete(_cursor - start);
    }

    private void DeleteWord()
    {
        var start = _cursor;
        while (start > 0 && _text[start - 1] == ' ')
        {
            start--;
        }

        if (start > 0 && char.IsAsciiLetterOrDigit(_text[start - 1]))
        {
            while (start > 0 && char.IsAsciiLetterOrDigit(_text[start - 1]))
            {
                start--;
            }
        }
        else if (start > 0)
        {
            start -= start > 1 && char.IsLowSurrogate(_text[start - 1]) ? 2 : 1;
        }

        Delete(_cursor - start);
    }

    private void Delete(int count)
    {
        _text.Remove(_cursor - count, count);
        _cursor -= count;
    }

    private string One(params string[] choices) => choices[random.Next(choices.Length)];
}
