using System.Text;

namespace Tether.Tui.Connection.Json;

/// <summary>
/// Walks JSON from front to back. For <see cref="HotDecoder"/> alone: Utf8JsonReader's vector code would be compiled at each start, which takes 10 ms.
/// Throws <see cref="FormatException"/> for whatever it does not expect.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    public void BeginObject() => Expect('{');

    public void BeginArray() => Expect('[');

    /// <summary>Goes to the next member's value. False behind the object's end.</summary>
    public bool NextMember(out string name)
    {
        name = "";
        if (!NextItem('}'))
        {
            return false;
        }

        name = String() ?? throw Unexpected();
        Expect(':');
        return true;
    }

    /// <summary>Goes to the array's next element. False behind its end.</summary>
    public bool NextElement() => NextItem(']');

    /// <summary>A string, or null.</summary>
    public string? String()
    {
        if (TryNull())
        {
            return null;
        }

        Expect('"');
        var start = _at;
        while (Peek() is not ((byte)'"' or (byte)'\\'))
        {
            _at++;
        }

        return Peek() == '"' ? Encoding.UTF8.GetString(_json[start.._at++]) : EscapedString(start);
    }

    public long Int64()
    {
        SkipSpace();
        var isNegative = Peek() == '-';
        _at += isNegative ? 1 : 0;
        var (value, start) = (0L, _at);
        for (; _at < _json.Length && _json[_at] is >= (byte)'0' and <= (byte)'9'; _at++)
        {
            value = checked((value * 10) + (_json[_at] - '0'));
        }

        return _at > start ? (isNegative ? -value : value) : throw Unexpected();
    }

    public int Int32() => checked((int)Int64());

    public bool Boolean()
    {
        SkipSpace();
        var value = Peek() == 't';
        Literal(value ? "true"u8 : "false"u8);
        return value;
    }

    public bool TryNull()
    {
        SkipSpace();
        if (Peek() != 'n')
        {
            return false;
        }

        Literal("null"u8);
        return true;
    }

    /// <summary>Passes over a value of any kind.</summary>
    public void Skip(int depth = 0)
    {
        SkipSpace();
        switch ((char)Peek())
        {
            case '"':
                String();
                break;
            case '{' when depth < MaxDepth:
                BeginObject();
                while (NextMember(out _))
                {
                    Skip(depth + 1);
                }

                break;
            case '[' when depth < MaxDepth:
                BeginArray();
                while (NextElement())
                {
                    Skip(depth + 1);
                }

                break;
            default:
                SkipScalar();
                break;
        }
    }

    private void SkipScalar()
    {
        var start = _at;
        while (_at < _json.Length && (char.IsAsciiLetterOrDigit((char)_json[_at]) || _json[_at] is (byte)'-' or (byte)'+' or (byte)'.'))
        {
            _at++;
        }

        if (_at == start)
        {
            throw Unexpected();
        }
    }

    private bool NextItem(char end)
    {
        SkipSpace();
        if (Peek() == end)
        {
            _at++;
            return false;
        }

        _at += Peek() == ',' ? 1 : 0;
        return true;
    }

    private string EscapedString(int start)
    {
        var text = new StringBuilder();
        for (; Peek() != '"'; start = _at)
        {
            while (Peek() is not ((byte)'"' or (byte)'\\'))
            {
                _at++;
            }

            text.Append(Encoding.UTF8.GetString(_json[start.._at]));
            if (Peek() == '\\')
            {
                text.Append(Escape());
            }
        }

        _at++;
        return text.ToString();
    }

    private char Escape()
    {
        _at++;
        var escape = (char)Peek();
        _at++;
        if (escape != 'u')
        {
            return escape switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', '"' or '\\' or '/' => escape, _ => throw Unexpected() };
        }

        var value = 0;
        for (var i = 0; i < 4; i++, _at++)
        {
            value = (value << 4) + ((char)Peek() switch
            {
                >= '0' and <= '9' and var digit => digit - '0',
                >= 'a' and <= 'f' and var digit => digit - 'a' + 10,
                >= 'A' and <= 'F' and var digit => digit - 'A' + 10,
                _ => throw Unexpected(),
            });
        }

        return (char)value;
    }

    private void Expect(char wanted)
    {
        SkipSpace();
        if (Peek() != wanted)
        {
            throw Unexpected();
        }

        _at++;
    }

    private void Literal(ReadOnlySpan<byte> wanted)
    {
        foreach (var b in wanted)
        {
            Expect((char)b);
        }
    }

    private void SkipSpace()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }

    private readonly byte Peek() => _at < _json.Length ? _json[_at] : throw Unexpected();

    private readonly FormatException Unexpected() => new($"unexpected JSON at {_at}");
}
