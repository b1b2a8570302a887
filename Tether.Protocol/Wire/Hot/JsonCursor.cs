using System.Text;

namespace Tether.Protocol.Wire.Hot;

/// <summary>
/// Walks JSON from front to back, for <see cref="HotDecoder"/> and what else is read at each start: Utf8JsonReader's vector code would be compiled first, which takes 10 ms.
/// Throws <see cref="FormatException"/> or another <see cref="ArgumentException"/> for whatever it does not expect.
/// </summary>
public ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    private const int MaxDepth = 32;

    // A text that is no UTF-8 is refused, not mended.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;
    private bool _isFirst;

    public void BeginObject() => Begin('{');

    public void BeginArray() => Begin('[');

    /// <summary>Goes to the next member's value. False behind the object's end.</summary>
    public bool NextMember(out string name)
    {
        name = "";
        if (!NextItem('}'))
        {
            return false;
        }

        name = TextOrNull() ?? throw Unexpected();
        Expect(':');
        return true;
    }

    /// <summary>Goes to the array's next element. False behind its end.</summary>
    public bool NextElement() => NextItem(']');

    /// <summary>A string, or null.</summary>
    public string? TextOrNull()
    {
        if (TryNull())
        {
            return null;
        }

        Expect('"');
        var start = _at;
        SkipPlain();
        return Peek() == '"' ? Utf8.GetString(_json[start.._at++]) : EscapedString(start);
    }

    /// <summary>A string that is there.</summary>
    public string Text() => TextOrNull() ?? throw new FormatException("null where a text must be");

    /// <summary>An array of strings, none of them null.</summary>
    public string[] Strings()
    {
        var strings = new List<string>();
        BeginArray();
        while (NextElement())
        {
            strings.Add(Text());
        }

        return [.. strings];
    }

    /// <summary>An array of numbers.</summary>
    public int[] Numbers()
    {
        // Not a list, whose code for numbers would be compiled first.
        var (numbers, count) = (new int[4], 0);
        BeginArray();
        while (NextElement())
        {
            if (count == numbers.Length)
            {
                Array.Resize(ref numbers, count * 2);
            }

            numbers[count++] = Number32();
        }

        return numbers[..count];
    }

    /// <summary>Base64, as <see cref="JsonText.Member(string, byte[])"/> writes it.</summary>
    public byte[] Bytes() => Convert.FromBase64String(Text());

    public long Number64()
    {
        SkipSpace();
        var isNegative = Peek() == '-';
        _at += isNegative ? 1 : 0;
        var (value, start) = (0L, _at);
        for (; _at < _json.Length && _json[_at] is >= (byte)'0' and <= (byte)'9'; _at++)
        {
            value = checked((value * 10) + (_json[_at] - '0'));
        }

        var isNumber = _at == start + 1 || (_at > start && _json[start] != '0');
        return isNumber ? (isNegative ? -value : value) : throw Unexpected();
    }

    public int Number32() => checked((int)Number64());

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

    /// <summary>Nothing but white space is left.</summary>
    public void End()
    {
        SkipSpace();
        if (_at < _json.Length)
        {
            throw Unexpected();
        }
    }

    /// <summary>Passes over a value of any kind.</summary>
    public void Skip() => Skip(0);

    private void Skip(int depth)
    {
        SkipSpace();
        switch ((char)Peek())
        {
            case '"':
                TextOrNull();
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
        switch ((char)Peek())
        {
            case 't' or 'f':
                Boolean();
                break;
            case 'n':
                TryNull();
                break;
            case '-' or (>= '0' and <= '9'):
                while (_at < _json.Length && (char.IsAsciiDigit((char)_json[_at]) || _json[_at] is (byte)'-' or (byte)'+' or (byte)'.' or (byte)'e' or (byte)'E'))
                {
                    _at++;
                }

                break;
            default:
                throw Unexpected();
        }
    }

    private void Begin(char bracket)
    {
        Expect(bracket);
        _isFirst = true;
    }

    private bool NextItem(char end)
    {
        SkipSpace();
        var isFirst = _isFirst;
        _isFirst = false;
        if (Peek() == end)
        {
            _at++;
            return false;
        }

        if (!isFirst)
        {
            Expect(',');
        }

        return true;
    }

    // Up to the quotation mark or the next escape.
    private void SkipPlain()
    {
        while (Peek() is var next and not ((byte)'"' or (byte)'\\'))
        {
            _at += next >= ' ' ? 1 : throw Unexpected();
        }
    }

    private string EscapedString(int start)
    {
        var text = new StringBuilder();
        for (; Peek() != '"'; start = _at)
        {
            SkipPlain();
            text.Append(Utf8.GetString(_json[start.._at]));
            if (Peek() == '\\')
            {
                text.Append(Escape());
            }
        }

        _at++;
        var whole = text.ToString();

        // Throws for half a surrogate pair.
        _ = Utf8.GetByteCount(whole);
        return whole;
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
        if (!_json[_at..].StartsWith(wanted))
        {
            throw Unexpected();
        }

        _at += wanted.Length;
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
