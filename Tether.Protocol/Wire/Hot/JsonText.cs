using System.Globalization;
using System.Text;

namespace Tether.Protocol.Wire.Hot;

/// <summary>Writes one JSON object as UTF-8, compact. Only what <see cref="HotEncoder"/> and the like need, with nothing to compile at start.</summary>
public sealed class JsonText
{
    private readonly MemoryStream _bytes = new(4096);

    // Nothing stands yet in the object or array that is open.
    private bool _isFirst = true;

    /// <summary>An object without a member.</summary>
    public JsonText() => _bytes.WriteByte((byte)'{');

    /// <summary>A message of this type.</summary>
    public JsonText(string type)
        : this() => Member("type", type);

    /// <summary>An array of strings, by itself.</summary>
    public static byte[] Array(string[] values)
    {
        var json = new JsonText();
        json._bytes.SetLength(0);
        json.Elements(values);
        return json._bytes.ToArray();
    }

    public byte[] Finish()
    {
        _bytes.WriteByte((byte)'}');
        return _bytes.ToArray();
    }

    /// <summary>An object as a member, until <see cref="EndObject"/>.</summary>
    public JsonText BeginObject(string name)
    {
        Name(name);
        return Open('{');
    }

    public JsonText EndObject() => Close('}');

    /// <summary>An array as a member, until <see cref="EndArray"/>.</summary>
    public JsonText BeginArray(string name)
    {
        Name(name);
        return Open('[');
    }

    public JsonText EndArray() => Close(']');

    /// <summary>An object as an element, until <see cref="EndObject"/>.</summary>
    public JsonText BeginElement()
    {
        Separate();
        return Open('{');
    }

    /// <summary>A null is left out.</summary>
    public JsonText Member(string name, string? value)
    {
        if (value is not null)
        {
            Name(name);
            Text(value);
        }

        return this;
    }

    /// <summary>A null is left out.</summary>
    public JsonText Member(string name, DateTimeOffset? value) => Member(name, value is { } time ? JsonTime.Format(time) : null);

    public JsonText Member(string name, long value)
    {
        Name(name);
        Number(value);
        return this;
    }

    /// <summary>A null is left out.</summary>
    public JsonText Member(string name, long? value) => value is { } number ? Member(name, number) : this;

    public JsonText Member(string name, bool value)
    {
        Name(name);
        Raw(value ? "true" : "false");
        return this;
    }

    public JsonText Member(string name, string[]? values)
    {
        if (values is null)
        {
            return this;
        }

        Name(name);
        return Elements(values);
    }

    /// <summary>A null is left out.</summary>
    public JsonText Member(string name, int[]? values)
    {
        if (values is null)
        {
            return this;
        }

        BeginArray(name);
        foreach (var value in values)
        {
            Separate();
            Number(value);
        }

        return EndArray();
    }

    /// <summary>Base64, without the library's, whose vector code would have to be compiled first. A null is left out.</summary>
    public JsonText Member(string name, byte[]? bytes)
    {
        if (bytes is null)
        {
            return this;
        }

        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var text = new char[(bytes.Length + 2) / 3 * 4];
        for (var (i, at) = (0, 0); i < bytes.Length; i += 3)
        {
            var (second, third) = (i + 1 < bytes.Length, i + 2 < bytes.Length);
            var bits = (bytes[i] << 16) | (second ? bytes[i + 1] << 8 : 0) | (third ? bytes[i + 2] : 0);
            text[at++] = Digits[bits >> 18];
            text[at++] = Digits[(bits >> 12) & 63];
            text[at++] = second ? Digits[(bits >> 6) & 63] : '=';
            text[at++] = third ? Digits[bits & 63] : '=';
        }

        return Member(name, new string(text));
    }

    private JsonText Elements(string[] values)
    {
        Open('[');
        foreach (var value in values)
        {
            Separate();
            Text(value);
        }

        return Close(']');
    }

    private JsonText Open(char bracket)
    {
        _bytes.WriteByte((byte)bracket);
        _isFirst = true;
        return this;
    }

    private JsonText Close(char bracket)
    {
        _bytes.WriteByte((byte)bracket);
        _isFirst = false;
        return this;
    }

    private void Separate()
    {
        if (!_isFirst)
        {
            _bytes.WriteByte((byte)',');
        }

        _isFirst = false;
    }

    private void Name(string name)
    {
        Separate();
        Text(name);
        _bytes.WriteByte((byte)':');
    }

    private void Text(string value)
    {
        _bytes.WriteByte((byte)'"');
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (b is (byte)'"' or (byte)'\\')
            {
                _bytes.WriteByte((byte)'\\');
                _bytes.WriteByte(b);
            }
            else if (b < 0x20)
            {
                Raw($"\\u{(int)b:x4}");
            }
            else
            {
                _bytes.WriteByte(b);
            }
        }

        _bytes.WriteByte((byte)'"');
    }

    private void Number(long value) => Raw(value.ToString(CultureInfo.InvariantCulture));

    private void Raw(string text) => _bytes.Write(Encoding.UTF8.GetBytes(text));
}
