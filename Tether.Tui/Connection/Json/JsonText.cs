using System.Text;

namespace Tether.Tui.Connection.Json;

/// <summary>Writes one flat JSON object as UTF-8. Only what <see cref="HotEncoder"/> needs, with nothing to compile at start.</summary>
internal sealed class JsonText
{
    private readonly MemoryStream _bytes = new(4096);

    public JsonText(string type)
    {
        _bytes.WriteByte((byte)'{');
        Member("type", type);
    }

    public byte[] Finish()
    {
        _bytes.WriteByte((byte)'}');
        return _bytes.ToArray();
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
    public JsonText Member(string name, DateTimeOffset? value) => Member(name, value?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    public JsonText Member(string name, int value)
    {
        Name(name);
        Raw(value.ToString());
        return this;
    }

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
        var separator = (byte)'[';
        foreach (var value in values)
        {
            _bytes.WriteByte(separator);
            Text(value);
            separator = (byte)',';
        }

        Raw(values.Length == 0 ? "[]" : "]");
        return this;
    }

    /// <summary>Left out when it is null.</summary>
    public JsonText Member(string name, int[]? values)
    {
        if (values is null)
        {
            return this;
        }

        Name(name);
        var separator = "[";
        foreach (var value in values)
        {
            Raw(separator);
            Raw(value.ToString());
            separator = ",";
        }

        Raw(values.Length == 0 ? "[]" : "]");
        return this;
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

    private void Name(string name)
    {
        if (_bytes.Length > 1)
        {
            _bytes.WriteByte((byte)',');
        }

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

    private void Raw(string text) => _bytes.Write(Encoding.UTF8.GetBytes(text));
}
